-- Skips exports that are locked: one that is held, for however long, keeps no results of others waiting.
select e.id
from (select distinct id from unnest(:exportIds::uuid[]) as asked (id) order by id) asked
cross join lateral (
    select id from export_payloads where id = asked.id and expires > now() limit 1 for update skip locked
) e
