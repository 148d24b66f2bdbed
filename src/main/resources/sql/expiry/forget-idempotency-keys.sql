-- Deletes expired keys; replicas take different ones.
delete from idempotency_keys
where ctid = any(array(
    select ctid
    from idempotency_keys
    where expires <= now()
    order by expires
    limit 1000
    for update skip locked
))
