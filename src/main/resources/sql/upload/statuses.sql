-- A separate statement after the lock: as part of the locking one it would see the sources as they were before.
select distinct export_payload_id, status from sources where export_payload_id = any(:exportIds::uuid[])
