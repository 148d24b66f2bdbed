-- Queues the object of a failed attempt for deletion, even if its key has been deleted before. Not if the source has it after
-- all: the commit may have succeeded although its response was lost.
with source as (
    select storage_key from sources where id = :sourceId for update
)
insert into pending_deletions (storage_key, multipart, due)
select :storageKey, true, now()
where not exists (select from source where storage_key = :storageKey)
on conflict (storage_key) do update set multipart = true, due = excluded.due
