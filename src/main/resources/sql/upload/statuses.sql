-- A statement of its own, after the lock: as a part of a larger one it would see the sources as they were before the
-- lock.
select distinct export_payload_id, status from sources where export_payload_id = any(:exportIds::uuid[])
