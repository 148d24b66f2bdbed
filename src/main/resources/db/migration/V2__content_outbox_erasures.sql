-- On the former service's database its replicas are still at work. Nothing here rewrites a table, but changing one needs
-- it alone for a moment. If it is not to be had soon the start fails and is tried again, rather than that every reader
-- queues up behind this wait.
set local lock_timeout = '5s';

-- An absent account number is the empty text, and every export expires.
update export_payloads
set account_id = coalesce(account_id, ''), expires = coalesce(expires, now() + interval '7 days')
where account_id is null or expires is null;

-- Exports before sources, the order in which everybody else takes them.
lock table export_payloads in share row exclusive mode;

-- What is delivered is described where it is delivered: the archive is laid out from these columns alone. A source with
-- position 0 was created by the former service; ours count from 1.
alter table sources
    add column if not exists position int not null default 0,
    add column if not exists expires timestamptz,
    add column if not exists attempts int not null default 0,
    add column if not exists storage_key text,
    add column if not exists size bigint,
    add column if not exists deflated_size bigint,
    add column if not exists crc32 bigint,
    add column if not exists sha256 bytea;

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

-- The former service stored a source's data as it came, as <org>/<export>/<source>.<format>, and left it there when it had
-- made the zip. Before the delete: after it the sources are gone.
create function release_export() returns trigger language plpgsql as $$
begin
    insert into erasures (storage_key, due)
    select key, now()
    from (
        select old.organization_id || '/' || old.id || '/' || s.id || '.' || old.format as key
        from sources s
        where s.export_payload_id = old.id
          and (s.position = 0 or s.status in ('complete', 'success') and s.size is null)
        union
        select old.s3_key
    ) content
    where key <> ''
    on conflict (storage_key) do update set due = excluded.due;
    return old;
end
$$;

create trigger release_export before delete on export_payloads for each row execute function release_export();
