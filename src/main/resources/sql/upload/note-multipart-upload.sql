-- Before there is one, and so without its id: the eraser asks the store which there are.
update pending_deletions set multipart = true where storage_key = :storageKey
