-- A key that nobody has used, entered for erasing in case this attempt comes to nothing.
with attempt as (
    update sources set attempts = attempts + 1 where id = :sourceId and status = 'pending' returning attempts
)
insert into erasures (storage_key, due)
select :prefix || '.' || attempts, now() + make_interval(secs => :leaseSeconds) from attempt
returning storage_key
