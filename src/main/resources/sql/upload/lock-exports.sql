-- Results of one export are recorded one by one, so that the last one sees all others. Locks in a fixed order, which prevents
-- deadlocks; each by its primary key (see export/status.sql).
select e.id
from (select distinct id from unnest(:exportIds::uuid[]) as asked (id) order by id) asked
cross join lateral (select id from export_payloads where id = asked.id and expires > now() limit 1 for update) e
