-- Before there is one, and so without its id: the eraser asks the store which there are.
update erasures set upload_id = 'any' where storage_key = :storageKey
