-- Creates exports with their sources and request events, for several requests at a time: all or nothing, in one statement
-- and one round trip. The exports are counted here; export.counted, set row by row, tells the trigger so and ends with the
-- transaction. The response is not built here by export_json: a create alone would take 645 instead of 416 us of CPU, a
-- batch of 32 4.0 instead of 3.2 ms (docs/decisions/0018-one-statement-creates.md).
--
-- With an idempotency key, of a single request, nothing is created if the tenant's key is in use. The key is inserted first:
-- a concurrent request with the same key waits here until the first one commits or fails, then sees its row or takes its
-- place. As part of this statement, so that a replica that stops midway blocks nobody. The result, only with a key, is the
-- key's export and whether its request was the same.
with requested as materialized (
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
    from requested
    cross join (select :key::text as key) keys
    where keys.key is not null
    on conflict (organization_id, username, account_id, key) do update
    set request = case when known.expires > now() then known.request else excluded.request end,
        export_id = case when known.expires > now() then known.export_id else excluded.export_id end,
        expires = case when known.expires > now() then known.expires else excluded.expires end
    returning export_id, request = :request::bytea as same_request
), new as materialized (
    select requested.*
    from requested
    where :key::text is null or exists (select from claimed where export_id = requested.id)
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
), inserted_sources as (
    insert into sources (id, export_payload_id, position, application, status, resource, filters, sent_filters, expires)
    select id, export_id, position, application, 'pending', resource, filters::jsonb, filters, expires::timestamptz
    from source
), counted as (
    insert into export_counts (organization_id, username, account_id, status, applications, exports)
    select organization_id, username, account_id, 'pending', applications::text[], count(*)
    from new
    group by organization_id, username, account_id, applications
), request_events as (
    insert into outbox (source_id, application, identity, event)
    select id, application, identity, event
    from source
)
select export_id, same_request from claimed
