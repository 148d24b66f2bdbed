update sources
set status = 'complete', storage_key = :storageKey, size = :size, deflated_size = :deflatedSize, crc32 = :crc32,
    sha256 = :sha256
where id = :sourceId and export_payload_id = :exportId and status = 'pending'
