-- Registers new keys as pending deletions, in case their attempts fail; for several attempts at a time. The source must be
-- pending, or have data that the former service stored.
insert into pending_deletions (storage_key, due)
select asked.storage_key, now() + make_interval(secs => :leaseSeconds)
from unnest(:sourceIds::uuid[], :storageKeys::text[]) as asked (source_id, storage_key)
cross join lateral (select * from sources where id = asked.source_id limit 1) s
where s.status = 'pending' or (s.status in ('complete', 'success') and s.size is null)
returning storage_key
