-- Notes unused keys for deletion, in case their attempts fail; for attempts that start at the same time. The source is
-- pending, or has a result that the former service has stored.
insert into pending_deletions (storage_key, due)
select asked.storage_key, now() + make_interval(secs => :leaseSeconds)
from unnest(:sourceIds::uuid[], :storageKeys::text[]) as asked (source_id, storage_key)
cross join lateral (select * from sources where id = asked.source_id limit 1) s
where s.status = 'pending' or (s.status in ('complete', 'success') and s.size is null)
returning storage_key
