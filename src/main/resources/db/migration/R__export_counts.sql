-- Triggers that keep export_counts, whatever statement of whatever program changes an export, the former service's included.
-- An export without a tenant or an expiry is in no list and is not counted.
set local lock_timeout = '5s';

-- Lock order: exports before sources, as in every other statement. Writers wait until the existing exports have been
-- counted below; readers do not.
lock table export_payloads in share row exclusive mode;
lock table sources in share row exclusive mode;

-- The sources that the same statement creates are visible here; the former service creates them by a later statement.
create or replace function count_created_export() returns trigger language plpgsql as $$
begin
    insert into export_counts (organization_id, username, account_id, status, applications, exports)
    values (new.organization_id, new.username, new.account_id, new.status,
            array(select distinct application collate "C" from sources where export_payload_id = new.id order by 1), 1);
    return null;
end
$$;

-- A statement that counts the export itself, at half the cost, names it in export.counted.
create or replace trigger count_created_export after insert on export_payloads for each row
    when (new.organization_id is not null and new.username is not null and new.account_id is not null
          and new.expires is not null and current_setting('export.counted', true) is distinct from new.id::text)
    execute function count_created_export();

create or replace function count_changed_export() returns trigger language plpgsql as $$
begin
    insert into export_counts (organization_id, username, account_id, status, applications, exports)
    select organization_id, username, account_id, status,
           array(select distinct application collate "C" from sources where export_payload_id = new.id order by 1), exports
    from (values
        (old.organization_id, old.username, old.account_id, old.expires, old.status, -1),
        (new.organization_id, new.username, new.account_id, new.expires, new.status, 1)
    ) change (organization_id, username, account_id, expires, status, exports)
    where organization_id is not null and username is not null and account_id is not null and expires is not null;
    return null;
end
$$;

create or replace trigger count_changed_export after update on export_payloads for each row
    when ((old.organization_id, old.username, old.account_id, old.status, old.expires is null)
          is distinct from (new.organization_id, new.username, new.account_id, new.status, new.expires is null))
    execute function count_changed_export();

create or replace function count_deleted_export() returns trigger language plpgsql as $$
begin
    insert into export_counts (organization_id, username, account_id, status, applications, exports)
    values (old.organization_id, old.username, old.account_id, old.status,
            array(select distinct application collate "C" from sources where export_payload_id = old.id order by 1), -1);
    return old;
end
$$;

-- Before the delete, while the sources are still there.
create or replace trigger count_deleted_export before delete on export_payloads for each row
    when (old.organization_id is not null and old.username is not null and old.account_id is not null
          and old.expires is not null)
    execute function count_deleted_export();

-- A source added after its export, or deleted before it, may change the export's applications. Row by row and before the
-- change: each of several in one statement must see its predecessors. The lock keeps the export's status unchanged.
create or replace function count_changed_applications() returns trigger language plpgsql as $$
declare
    source sources := case tg_op when 'INSERT' then new else old end;
    export export_payloads;
    others text[];
    with_it text[];
begin
    select * into export from export_payloads where id = source.export_payload_id for no key update;
    -- Not found when the export itself is being deleted: then it has been counted already.
    if found then
        others := array(
            select distinct application collate "C" from sources
            where export_payload_id = export.id and (tg_op = 'INSERT' or id <> source.id) order by 1);
        with_it := array(
            select distinct application collate "C" from unnest(others || source.application) a (application) order by 1);
        if others <> with_it then
            insert into export_counts (organization_id, username, account_id, status, applications, exports)
            select export.organization_id, export.username, export.account_id, export.status, applications, exports
            from (values
                (others, case tg_op when 'INSERT' then -1 else 1 end),
                (with_it, case tg_op when 'INSERT' then 1 else -1 end)
            ) change (applications, exports)
            where export.organization_id is not null and export.username is not null and export.account_id is not null
              and export.expires is not null;
        end if;
    end if;
    return source;
end
$$;

-- Our own sources, which have a position, are created together with their export.
create or replace trigger count_added_source before insert on sources for each row when (new.position = 0)
    execute function count_changed_applications();

create or replace trigger count_deleted_source before delete on sources
    for each row execute function count_changed_applications();

-- Counts the exports that are there when the triggers come. Later there is nothing to do: without counts there are no
-- exports to count.
insert into export_counts (merged, organization_id, username, account_id, status, applications, exports)
select true, organization_id, username, account_id, status, applications, count(*)
from (
    select e.organization_id, e.username, e.account_id, e.status,
           array(select distinct application collate "C" from sources where export_payload_id = e.id order by 1)
               as applications
    from export_payloads e
    where e.organization_id is not null and e.username is not null and e.account_id is not null
      and e.expires is not null
) exports
where not exists (select from export_counts)
group by organization_id, username, account_id, status, applications;
