-- Runs before the upload is created, so without its id: deletion asks the store for the uploads of the key.
update pending_deletions set multipart = true where storage_key = :storageKey
