-- How many exports a tenant has, so that a list can say it without counting them.
set local lock_timeout = '5s';

-- Exports before sources, the order in which everybody else takes them. Writers wait until the exports that are there
-- have been counted; readers do not.
lock table export_payloads in share row exclusive mode;
lock table sources in share row exclusive mode;

-- The number is the sum of the rows. Every change of an export appends rows and none is ever updated, so that exports of
-- one tenant are created side by side; what was appended is merged soon after (sql/tally/merge.sql).
create table tallies (
    merged boolean not null default false,
    organization_id text not null,
    username text not null,
    account_id text not null,
    id bigint generated always as identity,
    status text,
    -- Of the sources, each once, in the order of their bytes: that of the program, whatever the database's collation.
    applications text[] not null,
    exports bigint not null,
    primary key (merged, organization_id, username, account_id, id)
);

insert into tallies (merged, organization_id, username, account_id, status, applications, exports)
select true, organization_id, username, account_id, status, applications, count(*)
from (
    select e.organization_id, e.username, e.account_id, e.status,
           array(select distinct application collate "C" from sources where export_payload_id = e.id order by 1)
               as applications
    from export_payloads e
    where e.organization_id is not null and e.username is not null and e.account_id is not null
      and e.expires is not null
) exports
group by organization_id, username, account_id, status, applications;

-- Triggers, so that whatever statement of whatever program changes an export is counted, the former service's included.
-- An export without a tenant or an end is in nobody's list.

-- Sources that the same statement has created are there when this runs; the former service creates them by the next one.
-- A statement that enters the export here itself, which costs half as much, names it in export.tallied.
create function tally_created_export() returns trigger language plpgsql as $$
begin
    insert into tallies (organization_id, username, account_id, status, applications, exports)
    values (new.organization_id, new.username, new.account_id, new.status,
            array(select distinct application collate "C" from sources where export_payload_id = new.id order by 1), 1);
    return null;
end
$$;

create trigger tally_created_export after insert on export_payloads for each row
    when (new.organization_id is not null and new.username is not null and new.account_id is not null
          and new.expires is not null and current_setting('export.tallied', true) is distinct from new.id::text)
    execute function tally_created_export();

create function tally_changed_export() returns trigger language plpgsql as $$
begin
    insert into tallies (organization_id, username, account_id, status, applications, exports)
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

create trigger tally_changed_export after update on export_payloads for each row
    when ((old.organization_id, old.username, old.account_id, old.status, old.expires is null)
          is distinct from (new.organization_id, new.username, new.account_id, new.status, new.expires is null))
    execute function tally_changed_export();

-- Before the delete: after it the sources are gone.
create function tally_deleted_export() returns trigger language plpgsql as $$
begin
    insert into tallies (organization_id, username, account_id, status, applications, exports)
    values (old.organization_id, old.username, old.account_id, old.status,
            array(select distinct application collate "C" from sources where export_payload_id = old.id order by 1), -1);
    return old;
end
$$;

create trigger tally_deleted_export before delete on export_payloads for each row
    when (old.organization_id is not null and old.username is not null and old.account_id is not null
          and old.expires is not null)
    execute function tally_deleted_export();

-- A source that comes later than its export, or goes earlier, may change the export's applications. Row by row and before
-- the change, so that of several in one statement each sees those before it. The lock keeps the export's status as it is.
create function tally_source() returns trigger language plpgsql as $$
declare
    source sources := case tg_op when 'INSERT' then new else old end;
    export export_payloads;
    others text[];
    with_it text[];
begin
    select * into export from export_payloads where id = source.export_payload_id for no key update;
    -- When the export itself is being deleted, it is gone and counted already.
    if found then
        others := array(
            select distinct application collate "C" from sources
            where export_payload_id = export.id and (tg_op = 'INSERT' or id <> source.id) order by 1);
        with_it := array(
            select distinct application collate "C" from unnest(others || source.application) a (application) order by 1);
        if others <> with_it then
            insert into tallies (organization_id, username, account_id, status, applications, exports)
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

-- Ours, which have a position, come with their export.
create trigger tally_created_source before insert on sources for each row when (new.position = 0)
    execute function tally_source();

create trigger tally_deleted_source before delete on sources for each row execute function tally_source();
