-- Takes up to 500 exports whose time has come, with their sources, and enters their content for erasing. Replicas take
-- different ones: a row that another one holds is skipped.
with expired as (
    select id, s3_key
    from export_payloads
    where expires <= now()
    order by expires
    limit 500
    for update skip locked
), answers as (
    -- Locked, and thereby read as they are now: one may have been settled just before the export was taken.
    select storage_key from sources where export_payload_id in (select id from expired) for update
), content as (
    insert into erasures (storage_key, due)
    select storage_key, now() from answers where storage_key is not null
    union
    select s3_key, now() from expired where s3_key <> ''
    on conflict (storage_key) do update set due = excluded.due
)
delete from export_payloads where id in (select id from expired) returning id
