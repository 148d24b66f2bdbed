-- Runs before the upload is created, so its id is unknown: the deletion asks the store for uploads of the key.
update pending_deletions set multipart = true where storage_key = :storageKey
