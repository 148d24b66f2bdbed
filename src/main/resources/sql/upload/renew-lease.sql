-- Finds nothing once the eraser has claimed the object.
update pending_deletions set due = now() + make_interval(secs => :leaseSeconds) where storage_key = :storageKey and attempts = 0
