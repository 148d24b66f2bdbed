-- What teams have added to exports by routes of their own (docs/extensions.md).
set local lock_timeout = '5s';

-- Which hooks are wanted, and by which extension: some replica has a route that begins with direct:<hook>.<extension>, or
-- had one a short while ago. Where there is none, nothing is written below.
create table hooks (
    hook text not null,
    extension text not null,
    -- When a replica last said that it has the route; as exact as a few seconds.
    seen_at timestamptz not null,
    primary key (hook, extension)
);

-- Calls that are to be made; written in the transaction of what they tell of, gone once the route has run. No foreign
-- keys: a call tells of an export that may be gone by then, and every create would lock the hook's row.
create table hook_calls (
    -- Of one export in the order in which it happened, since whoever changes an export has its row locked.
    id bigint generated always as identity primary key,
    call_id uuid not null default gen_random_uuid(),
    hook text not null,
    extension text not null,
    export_id uuid not null,
    body jsonb not null,
    attempts int not null default 0,
    -- When it may be taken: at once, after a pause, or when the lease of whoever has it has run out.
    due timestamptz not null default now(),
    -- Why there will be no further attempt; such a row holds nothing up.
    given_up text
);

create index hook_calls_due on hook_calls (extension, due) where given_up is null;

create index hook_calls_export on hook_calls (export_id, extension, id) where given_up is null;

-- What a hook is told of an export as it stands: with all its sources, or with the one that has been answered. All of them
-- with each answer would be the square of their number.
create function hook_body(hook text, export export_payloads, answered uuid) returns jsonb language sql stable as $$
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
        from sources s
        where s.export_payload_id = export.id and (answered is null or s.id = answered)
    ) told
$$;

-- Whatever statement deletes an export whose time has come. Before the delete: after it the sources are gone.
create function call_expired_hooks() returns trigger language plpgsql as $$
begin
    insert into hook_calls (hook, extension, export_id, body)
    select hook, extension, old.id, hook_body(hook, old, null) from hooks where hook = 'exportExpired';
    return old;
end
$$;

create trigger call_expired_hooks before delete on export_payloads for each row
    when (old.expires <= now()) execute function call_expired_hooks();

-- A line for each thing that happens to an export, where the extension examples/extensions/audit.camel.yaml runs. Without
-- it the table stays empty.
create table audit (
    call_id uuid primary key,
    happened_at timestamptz not null,
    action text not null,
    export_id uuid not null,
    organization_id text,
    account_id text,
    username text,
    -- Of the export, then.
    status text,
    -- Where the action is an answer: whose, and what came of it.
    application text,
    resource text,
    source_status text
);

create index audit_organization on audit (organization_id, happened_at);
