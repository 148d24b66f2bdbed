-- Takes up to 500 exports whose time has come, with their sources, and enters their content for erasing. Replicas take
-- different ones: a row that another one holds is skipped.
with expired as (
    select id, s3_key
    from export_payloads
    where expires <= now()
    order by expires
    limit 500
    for update skip locked
), content as (
    insert into erasures (storage_key, due)
    select storage_key, now() from sources where export_payload_id in (select id from expired) and storage_key is not null
    union
    select s3_key, now() from expired where s3_key <> ''
    on conflict (storage_key) do update set due = excluded.due
), requests as (
    -- What has not been announced need not be. Events that the relay is sending right now are left to it.
    delete from outbox
    where id in (
        select o.id from outbox o join sources s on s.id = o.source_id
        where s.export_payload_id in (select id from expired)
        for update of o skip locked)
)
delete from export_payloads where id in (select id from expired) returning id
