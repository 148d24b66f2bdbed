-- The content is a source's, if that still waits for it, and no more the eraser's; not once the eraser has claimed the
-- object: then it may be gone already. The lock keeps the eraser away meanwhile. By the numbers of the answers, of which
-- several may be one source's: whether the source has the content now, or still waits since the content is the eraser's. No
-- row for those that came too late.
with answer as (
    select *
    from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :storageKeys::text[], :sizes::bigint[],
                :deflatedSizes::bigint[], :crc32s::bigint[], :sha256s::bytea[])
        as answer (number, export_id, source_id, storage_key, size, deflated_size, crc32, sha256)
), waiting as materialized (
    select answer.*
    from answer
    cross join lateral (select * from sources where id = answer.source_id limit 1) s
    where s.export_payload_id = answer.export_id and s.status = 'pending'
), there as materialized (
    select waiting.*
    from waiting
    cross join lateral (
        select from pending_deletions where storage_key = waiting.storage_key and attempts = 0 limit 1 for update
    ) e
), completed as (
    update sources s
    set status = 'complete', storage_key = there.storage_key, size = there.size, deflated_size = there.deflated_size,
        crc32 = there.crc32, sha256 = there.sha256
    from there
    where s.id = any(array(select source_id from there)) and s.id = there.source_id
    returning there.number, there.storage_key
), kept as (
    delete from pending_deletions where storage_key = any(array(select storage_key from completed))
)
select number, true as completed from completed
union all
select number, false from waiting where number not in (select number from there)
