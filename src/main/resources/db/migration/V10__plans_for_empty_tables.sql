-- The statements of V6 and V9 in a form whose plan is by an index whatever size the tables had when it was made
-- (docs/decisions.md). They do what they did.
set local lock_timeout = '5s';

create or replace function release_source() returns trigger language plpgsql as $$
begin
    if old.storage_key is not null then
        insert into erasures (storage_key, due) values (old.storage_key, now())
        on conflict (storage_key) do update set due = excluded.due;
    end if;
    -- What has not been announced need not be. Events that the relay is sending right now are left to it.
    delete from outbox
    where id = any(array(select id from outbox where source_id = old.id for update skip locked));
    delete from unanswered where source_id = old.id;
    return null;
end
$$;

create or replace function hook_body(hook text, export export_payloads, answered uuid)
returns jsonb language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'hook', hook,
        'happened_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'id', export.id,
        'name', coalesce(export.name, ''),
        'format', export.format,
        'status', export.status,
        'created_at', to_char(export.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'completed_at', to_char(export.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'expires_at', to_char(export.expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'organization_id', export.organization_id,
        'account_id', export.account_id,
        'username', export.username,
        'source', case when answered is not null then told.sources -> 0 end,
        'sources', case when answered is null then told.sources end))
    from (
        select jsonb_agg(jsonb_build_object(
                   'id', s.id,
                   'application', s.application,
                   'resource', s.resource,
                   'status', case s.status when 'success' then 'complete' else s.status end,
                   'size', s.size,
                   'error', case when s.status = 'failed' then coalesce(s.code, 0) end,
                   'message', case when s.status = 'failed' then coalesce(s.message, '') end)
               order by s.position, s.id) as sources
        from (select * from sources where export_payload_id = export.id offset 0) s
        where answered is null or s.id = answered
    ) told
$$;
