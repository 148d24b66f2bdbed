-- Not when it is due again: a late attempt has written the object after it was deleted.
delete from pending_deletions where storage_key = :#${variable.storageKey} and due > now()
