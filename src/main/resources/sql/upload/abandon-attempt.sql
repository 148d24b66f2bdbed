-- Hands the object of a failed attempt to deletion at once, even if it has been deleted before it was written; but not
-- when the source has it after all: a commit may have worked although its answer was lost.
with source as (
    select storage_key from sources where id = :sourceId for update
)
insert into pending_deletions (storage_key, multipart, due)
select :storageKey, true, now()
where not exists (select from source where storage_key = :storageKey)
on conflict (storage_key) do update set multipart = true, due = excluded.due
