-- Keys whose time has come; replicas take different ones.
delete from idempotency_keys
where (organization_id, username, account_id, key) in (
    select organization_id, username, account_id, key
    from idempotency_keys
    where expires <= now()
    order by expires
    limit 1000
    for update skip locked
)
