-- Results of one export are recorded one after another, so that the last one sees all others. Locks in one order, so that
-- no two wait for each other; each by its primary key (see export/status.sql).
select e.id
from (select distinct id from unnest(:exportIds::uuid[]) as asked (id) order by id) asked
cross join lateral (select id from export_payloads where id = asked.id and expires > now() limit 1 for update) e
