-- What create.sql does, unless the tenant has used the key within its time. The key is inserted first: of two requests at
-- the same time, on any replicas, the second waits here until the first has committed or failed, and then sees its row,
-- or takes its place. The answer is whose the key is, and whether the request was the same.
with claimed as (
    insert into idempotency_keys as known (organization_id, username, account_id, key, request, export_id, expires)
    values (:orgId, :username, :accountNumber, :key, :request, :id, now() + make_interval(secs => :keptSeconds))
    on conflict (organization_id, username, account_id, key) do update
    set request = case when known.expires > now() then known.request else excluded.request end,
        export_id = case when known.expires > now() then known.export_id else excluded.export_id end,
        expires = case when known.expires > now() then known.expires else excluded.expires end
    returning export_id, request
), new as (
    select from claimed where export_id = :id
), export as (
    insert into export_payloads (id, created_at, updated_at, expires, request_id, name, format, status,
                                 account_id, organization_id, username)
    select set_config('export.tallied', :id::text, true)::uuid, :createdAt, :createdAt, :expires, :requestId, :name,
           :format, 'pending', :accountNumber, :orgId, :username
    from new
), requested as (
    insert into sources (id, export_payload_id, position, application, status, resource, filters, expires)
    select id::uuid, :id, position, application, 'pending', resource, filters::jsonb, expires::timestamptz
    from new
    cross join unnest(:sourceIds::text[], :applications::text[], :resources::text[], :filters::text[], :sourceExpires::text[])
        with ordinality as source (id, application, resource, filters, expires, position)
), tallied as (
    insert into tallies (organization_id, username, account_id, status, applications, exports)
    select :orgId, :username, :accountNumber, 'pending', :distinctApplications::text[], 1
    from new
), announced as (
    insert into outbox (source_id, application, identity, event)
    select id::uuid, application, :identity, event
    from new
    cross join unnest(:sourceIds::text[], :applications::text[], :events::text[]) as event (id, application, event)
)
select export_id, request = :request as same_request from claimed
