-- Exports with their sources and their request events: all or nothing, in one statement and one round trip, for one
-- request or for several that came at the same time. Their export_counts are entered here, and export.counted, which ends with
-- the transaction, tells the trigger so, row by row.
--
-- With a key, of one request alone, nothing of it unless the tenant has not used the key within its time. The key is
-- inserted first: of two requests at the same time, on any replicas, the second waits there until the first has committed
-- or failed, and then sees its row, or takes its place. In this statement too, so that a replica that stops in the middle
-- keeps nobody waiting. The answer is whose the key is, and whether the request was the same; without a key there is none.
with asked as materialized (
    select *
    from unnest(:ids::uuid[], :createdAt::timestamptz[], :expires::timestamptz[], :requestIds::text[], :names::text[],
                :formats::text[], :accountNumbers::text[], :orgIds::text[], :usernames::text[],
                :distinctApplications::text[], :identities::text[])
        with ordinality
        as export (id, created_at, expires, request_id, name, format, account_id, organization_id, username,
                   applications, identity, number)
), claimed as (
    insert into idempotency_keys as known (organization_id, username, account_id, key, request, export_id, expires)
    select organization_id, username, account_id, keys.key, :request::bytea, id,
           now() + make_interval(secs => :keptSeconds)
    from asked
    cross join (select :key::text as key) keys
    where keys.key is not null
    on conflict (organization_id, username, account_id, key) do update
    set request = case when known.expires > now() then known.request else excluded.request end,
        export_id = case when known.expires > now() then known.export_id else excluded.export_id end,
        expires = case when known.expires > now() then known.expires else excluded.expires end
    returning export_id, request = :request::bytea as same_request
), new as materialized (
    select asked.*
    from asked
    where :key::text is null or exists (select from claimed where export_id = asked.id)
), source as materialized (
    select source.*, new.id as export_id, new.identity
    from unnest(:exports::int[], :positions::int[], :sourceIds::uuid[], :applications::text[], :resources::text[],
                :filters::text[], :sourceExpires::text[], :events::text[])
        as source (export, position, id, application, resource, filters, expires, event)
    join new on new.number = source.export
    order by source.export, source.position
), export as (
    insert into export_payloads (id, created_at, updated_at, expires, request_id, name, format, status,
                                 account_id, organization_id, username)
    select set_config('export.counted', id::text, true)::uuid, created_at, created_at, expires, request_id, name, format,
           'pending', account_id, organization_id, username
    from new
), requested as (
    insert into sources (id, export_payload_id, position, application, status, resource, filters, expires)
    select id, export_id, position, application, 'pending', resource, filters::jsonb, expires::timestamptz
    from source
), counted as (
    insert into export_counts (organization_id, username, account_id, status, applications, exports)
    select organization_id, username, account_id, 'pending', applications::text[], count(*)
    from new
    group by organization_id, username, account_id, applications
), announced as (
    insert into outbox (source_id, application, identity, event)
    select id, application, identity, event
    from source
)
select export_id, same_request from claimed
