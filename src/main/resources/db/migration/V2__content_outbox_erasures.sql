-- What is delivered is described where it is delivered: the archive is laid out from these columns alone.
alter table sources
    add column if not exists position int not null default 0,
    add column if not exists expires timestamptz,
    add column if not exists attempts int not null default 0,
    add column if not exists storage_key text,
    add column if not exists size bigint,
    add column if not exists deflated_size bigint,
    add column if not exists crc32 bigint,
    add column if not exists sha256 bytea;

create index if not exists sources_export_payload_id on sources (export_payload_id);
create index if not exists sources_expires on sources (expires) where expires is not null;
create index if not exists export_payloads_expires on export_payloads (expires);
create index if not exists export_payloads_tenant_created
    on export_payloads (organization_id, username, account_id, created_at, id);

-- Request events that wait to be sent; written by the statement that creates the export, gone once Kafka has them. No
-- foreign key: while Kafka is down the relay holds rows for long, and deleting an export must not wait for it.
create table outbox (
    id bigint generated always as identity primary key,
    source_id uuid not null,
    application text not null,
    identity text not null,
    event text not null,
    -- Until when a replica is sending it.
    leased_until timestamptz,
    -- Why Kafka will never take it; such a row blocks nobody.
    refused text
);

create index outbox_source_id on outbox (source_id);

-- Objects to erase once they are due. An upload enters its object here before the first byte leaves and takes it out in
-- the transaction that settles the source, so that whatever happens in between leaves nothing behind.
create table erasures (
    storage_key text primary key,
    -- The multipart upload to abort, when one was started.
    upload_id text,
    attempts int not null default 0,
    due timestamptz not null
);

create index erasures_due on erasures (due);

-- Whoever deletes a source or an export, by whatever statement, hands its content to the eraser. A statement that read
-- the keys itself would read them as they were when it began, and miss an answer that was settled while it waited for
-- the export's lock.
create function release_source() returns trigger language plpgsql as $$
begin
    if old.storage_key is not null then
        insert into erasures (storage_key, due) values (old.storage_key, now())
        on conflict (storage_key) do update set due = excluded.due;
    end if;
    -- What has not been announced need not be. Events that the relay is sending right now are left to it.
    delete from outbox
    where id in (select id from outbox where source_id = old.id for update skip locked);
    return null;
end
$$;

create trigger release_source after delete on sources for each row execute function release_source();

create function release_export() returns trigger language plpgsql as $$
begin
    insert into erasures (storage_key, due) values (old.s3_key, now())
    on conflict (storage_key) do update set due = excluded.due;
    return null;
end
$$;

create trigger release_export after delete on export_payloads for each row
    when (old.s3_key <> '') execute function release_export();
