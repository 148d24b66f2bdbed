-- Calls of hooks (docs/extensions.md).
set local lock_timeout = '5s';

-- The export as it stands, with all its sources or with the one that has a result. All sources with each result would be
-- quadratic.
create or replace function hook_body(hook text, export export_payloads, answered uuid)
returns jsonb language sql stable as $$
    select jsonb_strip_nulls(export_json(export)::jsonb || jsonb_build_object(
        'hook', hook,
        'happened_at', json_time(now())::jsonb,
        'organization_id', export.organization_id,
        'account_id', export.account_id,
        'username', export.username,
        'source', case when answered is not null then reported.sources -> 0 end,
        'sources', case when answered is null then reported.sources end))
    from (
        select jsonb_agg(
                   source_json(s::sources, failed.number)::jsonb - 'filters' || jsonb_build_object('size', s.size)
                   order by s.position, s.id) as sources
        from (select * from sources where export_payload_id = export.id offset 0) s
        cross join (
            select count(*) as number from sources
            where export_payload_id = export.id and status = 'failed' and answered is null) failed
        where answered is null or s.id = answered
    ) reported
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
