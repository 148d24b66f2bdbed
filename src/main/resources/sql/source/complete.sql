-- The content is a source's, if that still waits for it, and no more the eraser's. The latter finds nothing once the eraser
-- has claimed the object: then the object may be gone already. The lock keeps the eraser away meanwhile. By the numbers of
-- the answers, of which several may be one source's: whether the content was there, and whether it is the source's now.
with answer as (
    select *
    from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :storageKeys::text[], :sizes::bigint[],
                :deflatedSizes::bigint[], :crc32s::bigint[], :sha256s::bytea[])
        as answer (number, export_id, source_id, storage_key, size, deflated_size, crc32, sha256)
), there as materialized (
    select answer.*
    from answer
    join erasures e on e.storage_key = answer.storage_key and e.attempts = 0
    for update of e
), completed as (
    update sources s
    set status = 'complete', storage_key = there.storage_key, size = there.size, deflated_size = there.deflated_size,
        crc32 = there.crc32, sha256 = there.sha256
    from there
    where s.id = there.source_id and s.export_payload_id = there.export_id and s.status = 'pending'
    returning there.number, there.storage_key
), kept as (
    delete from erasures e using completed where e.storage_key = completed.storage_key
)
select there.number, completed.number is not null as completed
from there
left join completed on completed.number = there.number
