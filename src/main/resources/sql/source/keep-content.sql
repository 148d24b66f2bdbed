-- Finds nothing once the eraser has claimed the object: then the object may be gone already.
delete from erasures where storage_key = :storageKey and attempts = 0
