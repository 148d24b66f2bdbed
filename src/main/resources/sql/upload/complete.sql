-- Gives a source its object and takes that out of the pending deletions, if the source is pending and no deletion has
-- been tried: after that the object may be gone. The lock keeps deletion away meanwhile. Returns by the number of the
-- result, of which several may be for one source, whether the source has the object now; false when the object is being
-- deleted. Results that came too late have no row.
with result as (
    select *
    from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :storageKeys::text[], :sizes::bigint[],
                :deflatedSizes::bigint[], :crc32s::bigint[], :sha256s::bytea[])
        as result (number, export_id, source_id, storage_key, size, deflated_size, crc32, sha256)
), waiting as materialized (
    select result.*
    from result
    cross join lateral (select * from sources where id = result.source_id limit 1) s
    where s.export_payload_id = result.export_id and s.status = 'pending'
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
