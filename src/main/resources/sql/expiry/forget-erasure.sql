delete from erasures where storage_key = :#${variable.storageKey}
