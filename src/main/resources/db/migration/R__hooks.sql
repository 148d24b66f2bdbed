-- Calls of hooks (docs/extensions.md).
set local lock_timeout = '5s';

-- The export as it stands, with all its sources or with the one that has a result. All sources with each result would be
-- quadratic.
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
                   'message', case when s.status = 'failed' then shown_message(s.message, failed.number) end)
               order by s.position, s.id) as sources
        from (select * from sources where export_payload_id = export.id offset 0) s
        cross join (
            select count(*) as number from sources
            where export_payload_id = export.id and status = 'failed' and answered is null) failed
        where answered is null or s.id = answered
    ) told
$$;

create or replace function call_export_expired_hooks() returns trigger language plpgsql as $$
begin
    insert into hook_calls (hook, extension, export_id, body)
    select hook, extension, old.id, hook_body(hook, old, null) from hook_subscriptions where hook = 'exportExpired';
    return old;
end
$$;

-- Before the delete, while the sources are still there; whatever statement deletes an expired export.
create or replace trigger call_export_expired_hooks before delete on export_payloads for each row
    when (old.expires <= now()) execute function call_export_expired_hooks();
