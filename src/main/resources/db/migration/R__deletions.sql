-- Triggers that hand the content of deleted sources and exports to the deletion of objects, whatever statement deletes them.
-- A statement that read the keys itself would see them as of its start, and miss a result that was recorded while it waited
-- for the export's lock.
set local lock_timeout = '5s';

-- Lock order: exports before sources, as in every other statement.
lock table export_payloads in share row exclusive mode;

create or replace function clean_up_deleted_source() returns trigger language plpgsql as $$
begin
    if old.storage_key is not null then
        insert into pending_deletions (storage_key, due) values (old.storage_key, now())
        on conflict (storage_key) do update set due = excluded.due;
    end if;
    -- Its request need not be announced any more. Events that the relay is sending right now are left to the relay.
    delete from outbox
    where id = any(array(select id from outbox where source_id = old.id for update skip locked));
    delete from awaiting_response where source_id = old.id;
    return null;
end
$$;

create or replace trigger clean_up_deleted_source after delete on sources
    for each row execute function clean_up_deleted_source();

-- The former service stored a source's data unchanged as <org>/<export>/<source>.<format>, and kept it after it had made
-- the zip.
create or replace function delete_content_of_former_service() returns trigger language plpgsql as $$
begin
    insert into pending_deletions (storage_key, due)
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

-- Before the delete, while the sources are still there.
create or replace trigger delete_content_of_former_service before delete on export_payloads
    for each row execute function delete_content_of_former_service();
