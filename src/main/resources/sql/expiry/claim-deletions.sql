-- Claims objects that are due. The next try is put off before this one, longer each time and an hour at most, so that a
-- crash or a store that is down costs a delay and nothing else.
update pending_deletions
set attempts = attempts + 1,
    due = now() + least(interval '1 minute' * power(2, least(attempts, 6)), interval '1 hour')
where storage_key = any(array(
    select storage_key from pending_deletions where due <= now() order by due limit 1000 for update skip locked
))
returning storage_key, multipart
