-- Those that nobody else has: one export, whoever holds it and for however long, keeps no other's answers waiting.
select e.id
from (select distinct id from unnest(:exportIds::uuid[]) as asked (id) order by id) asked
cross join lateral (
    select id from export_payloads where id = asked.id and expires > now() limit 1 for update skip locked
) e
