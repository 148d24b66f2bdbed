-- Replaces an object of the former service, which is deleted in an hour, since one of its replicas may be making a zip of it.
-- Locks the source first, so that the slower of two adoptions finds nothing to do and its object is deleted. Adopts nothing
-- once a deletion of the new object has been tried, since it may be gone.
with adoptable as materialized (
    select id from sources where id = :sourceId and status in ('complete', 'success') and size is null
    for update
), adopted as (
    delete from pending_deletions where storage_key = :storageKey and attempts = 0 and exists (select from adoptable)
    returning storage_key
), superseded as (
    insert into pending_deletions (storage_key, due)
    select :rawKey, now() + interval '1 hour' from adopted
    on conflict (storage_key) do update set due = excluded.due
), taken as (
    update sources
    set storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32, sha256 = :sha256,
        byte_order_mark = :byteOrderMark
    where id = :sourceId and exists (select from adopted)
)
select exists (select from adoptable) as adoptable, exists (select from adopted) as adopted
