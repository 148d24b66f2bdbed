-- Deletes an export for its owner; its content is entered for erasing in the same statement.
with export as (
    select id, s3_key
    from export_payloads
    where id = :id
      and organization_id = :orgId and username = :username and account_id = :accountNumber
      and expires > now()
    for update
), content as (
    insert into erasures (storage_key, due)
    select storage_key, now() from sources where export_payload_id in (select id from export) and storage_key is not null
    union
    select s3_key, now() from export where s3_key <> ''
    on conflict (storage_key) do update set due = excluded.due
), requests as (
    -- What has not been announced need not be. Events that the relay is sending right now are left to it.
    delete from outbox
    where id in (
        select o.id from outbox o join sources s on s.id = o.source_id
        where s.export_payload_id in (select id from export)
        for update of o skip locked)
)
delete from export_payloads where id in (select id from export)
