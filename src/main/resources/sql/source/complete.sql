-- The content is the source's, if that still waits for it, and no more the eraser's. The latter finds nothing once the
-- eraser has claimed the object: then the object may be gone already.
with completed as (
    update sources
    set status = 'complete', storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32,
        sha256 = :sha256
    where id = :sourceId and export_payload_id = :exportId and status = 'pending'
    returning id
), kept as (
    delete from erasures using completed where storage_key = :storageKey and attempts = 0
    returning storage_key
)
select exists (select from completed) as completed, exists (select from kept) as kept
