-- Deletes an export for its owner; its content is entered for erasing in the same statement.
with export as (
    select id, s3_key
    from export_payloads
    where id = :id
      and organization_id = :orgId and username = :username and account_id = :accountNumber
      and expires > now()
    for update
), answers as (
    -- Locked, and thereby read as they are now: one may have been settled while this waited for the export.
    select storage_key from sources where export_payload_id in (select id from export) for update
), content as (
    insert into erasures (storage_key, due)
    select storage_key, now() from answers where storage_key is not null
    union
    select s3_key, now() from export where s3_key <> ''
    on conflict (storage_key) do update set due = excluded.due
)
delete from export_payloads where id in (select id from export)
