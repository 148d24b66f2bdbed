-- Updates nothing once a deletion has been tried.
update pending_deletions set due = now() + make_interval(secs => :leaseSeconds) where storage_key = :storageKey and attempts = 0
