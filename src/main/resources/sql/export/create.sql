-- An export, its sources and their request events: all or nothing, in one statement and one round trip. Its tally is
-- entered here, and export.tallied, which ends with the transaction, tells the trigger so.
with export as (
    insert into export_payloads (id, created_at, updated_at, expires, request_id, name, format, status,
                                 account_id, organization_id, username)
    values (set_config('export.tallied', :id::text, true)::uuid, :createdAt, :createdAt, :expires, :requestId, :name, :format, 'pending',
            :accountNumber, :orgId, :username)
), requested as (
    insert into sources (id, export_payload_id, position, application, status, resource, filters, expires)
    select id::uuid, :id, position, application, 'pending', resource, filters::jsonb, expires::timestamptz
    from unnest(:sourceIds::text[], :applications::text[], :resources::text[], :filters::text[], :sourceExpires::text[])
        with ordinality as source (id, application, resource, filters, expires, position)
), tallied as (
    insert into tallies (organization_id, username, account_id, status, applications, exports)
    values (:orgId, :username, :accountNumber, 'pending', :distinctApplications::text[], 1)
)
insert into outbox (source_id, application, identity, event)
select id::uuid, application, :identity, event
from unnest(:sourceIds::text[], :applications::text[], :events::text[]) as announced (id, application, event)
