-- Assigns objects to sources, and removes them from the pending deletions, if the source is pending and no deletion has been
-- tried: after one the object may be gone. The lock prevents a deletion meanwhile. Returns, by the index of the result, whether
-- the source has the object; false if the object is being deleted. Results that came too late have no row. Several results may
-- be for one source.
with result as (
    select *
    from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :storageKeys::text[], :sizes::bigint[],
                :deflatedSizes::bigint[], :crc32s::bigint[], :sha256s::bytea[], :byteOrderMarks::boolean[], :delimiters::text[])
        as result (number, export_id, source_id, storage_key, size, deflated_size, crc32, sha256, byte_order_mark, delimiter)
), waiting as materialized (
    select result.*
    from result
    cross join lateral (select * from sources where id = result.source_id limit 1) s
    where s.export_payload_id = result.export_id and s.status = 'pending'
), available as materialized (
    select waiting.*
    from waiting
    cross join lateral (
        select from pending_deletions where storage_key = waiting.storage_key and attempts = 0 limit 1 for update
    ) e
), completed as (
    update sources s
    set status = 'complete', storage_key = available.storage_key, size = available.size, deflated_size = available.deflated_size,
        crc32 = available.crc32, sha256 = available.sha256, byte_order_mark = available.byte_order_mark,
        delimiter = available.delimiter
    from available
    where s.id = any(array(select source_id from available)) and s.id = available.source_id
    returning available.number, available.storage_key
), kept as (
    delete from pending_deletions where storage_key = any(array(select storage_key from completed))
)
select number, true as completed from completed
union all
select number, false from waiting where number not in (select number from available)
