-- Puts content where the former service's stood. That one goes in an hour: a replica of the former service may be making a
-- zip of it right now. The source is locked first, so that of two who bring its content the slower finds nothing to do and
-- leaves its object to the eraser. Nothing is kept either once the eraser has claimed the object: it may be gone already.
with wanted as materialized (
    select id from sources where id = :sourceId and status in ('complete', 'success') and size is null
    for update
), kept as (
    delete from erasures where storage_key = :storageKey and attempts = 0 and exists (select from wanted)
    returning storage_key
), superseded as (
    insert into erasures (storage_key, due)
    select :rawKey, now() + interval '1 hour' from kept
    on conflict (storage_key) do update set due = excluded.due
), taken as (
    update sources
    set storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32, sha256 = :sha256
    where id = :sourceId and exists (select from kept)
)
select exists (select from wanted) as wanted, exists (select from kept) as kept
