-- Replaces an object of the former service. That is deleted in an hour: a replica of the former service may be making a
-- zip of it right now. Locks the source first, so that of two adoptions the slower finds nothing to do and leaves its
-- object to deletion. Adopts nothing once the deletion of the new object has been tried: it may be gone.
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
    set storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32, sha256 = :sha256
    where id = :sourceId and exists (select from adopted)
)
select exists (select from adoptable) as adoptable, exists (select from adopted) as adopted
