-- Exports with their sources and their request events: all or nothing, in one statement and one round trip, for one
-- request or for several that came at the same time. Their tallies are entered here, and export.tallied, which ends with
-- the transaction, tells the trigger so, row by row.
with asked as materialized (
    select *
    from unnest(:ids::uuid[], :createdAt::timestamptz[], :expires::timestamptz[], :requestIds::text[], :names::text[],
                :formats::text[], :accountNumbers::text[], :orgIds::text[], :usernames::text[],
                :distinctApplications::text[], :identities::text[])
        with ordinality
        as export (id, created_at, expires, request_id, name, format, account_id, organization_id, username,
                   applications, identity, number)
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
)
insert into outbox (source_id, application, identity, event)
select id, application, identity, event
from source
