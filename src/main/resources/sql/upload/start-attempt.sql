-- Keys that nobody has used, each entered for erasing in case its attempt comes to nothing, for one attempt or for several
-- that start at the same time. Besides a source that waits for its answer, one whose answer the former service has stored.
insert into pending_deletions (storage_key, due)
select asked.storage_key, now() + make_interval(secs => :leaseSeconds)
from unnest(:sourceIds::uuid[], :storageKeys::text[]) as asked (source_id, storage_key)
cross join lateral (select * from sources where id = asked.source_id limit 1) s
where s.status = 'pending' or (s.status in ('complete', 'success') and s.size is null)
returning storage_key
