set local lock_timeout = '5s';

-- How much of an error's message is shown, wherever it is: the messages of an export are together no longer than a million
-- characters, so that whatever the former service has stored, its status and its archive can be built in memory.
create function shown_message(message text, failed bigint) returns text language sql immutable as $$
    select left(coalesce(message, ''), least(65536, 1048576 / greatest(failed, 1))::int)
$$;

-- As in V10, but for the messages.
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
