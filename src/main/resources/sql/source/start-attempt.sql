-- A key that nobody has used, entered for erasing in case this attempt comes to nothing. Besides a source that waits for
-- its answer, one whose answer the former service has stored.
with attempt as (
    update sources set attempts = attempts + 1
    where id = :sourceId and (status = 'pending' or status in ('complete', 'success') and size is null)
    returning attempts
)
insert into erasures (storage_key, due)
select :prefix || '.' || attempts, now() + make_interval(secs => :leaseSeconds) from attempt
returning storage_key
