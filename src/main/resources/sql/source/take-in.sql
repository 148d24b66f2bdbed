-- Puts content where the former service's stood. That one goes in an hour: a replica of the former service may be making a
-- zip of it right now.
with taken as (
    update sources
    set storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32, sha256 = :sha256
    where id = :sourceId and status in ('complete', 'success') and size is null
    returning id
)
insert into erasures (storage_key, due)
select :rawKey, now() + interval '1 hour' from taken
on conflict (storage_key) do update set due = excluded.due
