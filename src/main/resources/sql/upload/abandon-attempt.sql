-- Enters the object of a failed attempt for erasing at once - also when the eraser has been there before it was written,
-- but not when the source has it after all: a commit may have worked although its answer got lost.
with source as (
    select storage_key from sources where id = :sourceId for update
)
insert into erasures (storage_key, upload_id, due)
select :storageKey, 'any', now()
where not exists (select from source where storage_key = :storageKey)
on conflict (storage_key) do update set upload_id = excluded.upload_id, due = excluded.due
