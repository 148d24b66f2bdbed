-- Releases the objects of sources that expire before their export, and hands them to deletion.
with expired as (
    select id, storage_key
    from sources
    where expires <= now() and storage_key is not null
    limit 500
    for update skip locked
), content as (
    insert into pending_deletions (storage_key, due)
    select storage_key, now() from expired
    on conflict (storage_key) do update set due = excluded.due
)
update sources set storage_key = null where id = any(array(select id from expired))
