update erasures set upload_id = :uploadId where storage_key = :storageKey
