-- Its own statement, after the lock: a part of a larger one would see the sources as they were before the wait for it.
select distinct export_payload_id, status from sources where export_payload_id = any(:exportIds::uuid[])
