-- Replaces rows that were appended to export_counts by their sums, up to 10,000 at a time. In one statement, so that a reader
-- sees either the rows or their sum. Replicas take different rows; if two meet in one tenant it has several sums for a while.
-- Rows are never updated, so that a locked row keeps its ctid.
with appended as (
    select ctid as place, organization_id, username, account_id
    from export_counts
    where not merged
    limit 10000
    for update skip locked
), sums as (
    select sum.place
    from (select distinct organization_id, username, account_id from appended) tenant
    cross join lateral (
        select t.ctid as place
        from export_counts t
        where t.merged and t.organization_id = tenant.organization_id and t.username = tenant.username
          and t.account_id = tenant.account_id
        for update skip locked
    ) sum
), taken as (
    delete from export_counts
    where ctid = any (array(select place from appended union all select place from sums))
    returning organization_id, username, account_id, status, applications, exports
)
insert into export_counts (merged, organization_id, username, account_id, status, applications, exports)
select true, organization_id, username, account_id, status, applications, sum(exports)
from taken
group by organization_id, username, account_id, status, applications
having sum(exports) <> 0
