-- Not when it has become due once more meanwhile: an attempt that came late has written the object after it was erased.
delete from pending_deletions where storage_key = :#${variable.storageKey} and due > now()
