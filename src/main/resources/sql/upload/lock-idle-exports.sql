-- Skips exports that are locked, so that they delay no results of others.
select e.id
from (select distinct id from unnest(:exportIds::uuid[]) as asked (id) order by id) asked
cross join lateral (
    select id from export_payloads where id = asked.id and expires > now() limit 1 for update skip locked
) e
