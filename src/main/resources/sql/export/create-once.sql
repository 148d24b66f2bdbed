-- What create.sql does, unless the tenant has used the key within its time. The key is inserted first: of two requests at
-- the same time, on any replicas, the second waits here until the first has committed or failed, and then sees its row,
-- or takes its place. The answer is whose the key is, and whether the request was the same. All in one statement, so that a
-- replica that stops in the middle keeps nobody waiting.
with claimed as (
    insert into idempotency_keys as known (organization_id, username, account_id, key, request, export_id, expires)
    values (:orgId, :username, :accountNumber, :key, :request, :id, now() + make_interval(secs => :keptSeconds))
    on conflict (organization_id, username, account_id, key) do update
    set request = case when known.expires > now() then known.request else excluded.request end,
        export_id = case when known.expires > now() then known.export_id else excluded.export_id end,
        expires = case when known.expires > now() then known.expires else excluded.expires end
    returning export_id, request = :request as same_request
), asked as materialized (
    select export.*
    from unnest(:ids::uuid[], :createdAt::timestamptz[], :expires::timestamptz[], :requestIds::text[], :names::text[],
                :formats::text[], :accountNumbers::text[], :orgIds::text[], :usernames::text[],
                :distinctApplications::text[], :identities::text[])
        with ordinality
        as export (id, created_at, expires, request_id, name, format, account_id, organization_id, username,
                   applications, identity, number)
    join claimed on claimed.export_id = export.id
), source as materialized (
    select source.*, asked.id as export_id, asked.identity
    from unnest(:exports::int[], :positions::int[], :sourceIds::uuid[], :applications::text[], :resources::text[],
                :filters::text[], :sourceExpires::text[], :events::text[])
        as source (export, position, id, application, resource, filters, expires, event)
    join asked on asked.number = source.export
    order by source.export, source.position
), export as (
    insert into export_payloads (id, created_at, updated_at, expires, request_id, name, format, status,
                                 account_id, organization_id, username)
    select set_config('export.tallied', id::text, true)::uuid, created_at, created_at, expires, request_id, name, format,
           'pending', account_id, organization_id, username
    from asked
), requested as (
    insert into sources (id, export_payload_id, position, application, status, resource, filters, expires)
    select id, export_id, position, application, 'pending', resource, filters::jsonb, expires::timestamptz
    from source
), tallied as (
    insert into tallies (organization_id, username, account_id, status, applications, exports)
    select organization_id, username, account_id, 'pending', applications::text[], count(*)
    from asked
    group by organization_id, username, account_id, applications
), announced as (
    insert into outbox (source_id, application, identity, event)
    select id, application, identity, event
    from source
)
select export_id, same_request from claimed
