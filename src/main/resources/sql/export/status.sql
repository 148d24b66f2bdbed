-- The answers of GET /exports/{id}/status, as JSON text, and whether the export is finished, for one request or for several
-- that came at the same time: by their numbers, none where the tenant has no such export. PostgreSQL builds them: json (not
-- jsonb) keeps the order of the keys; json_strip_nulls would take "filters": null away, so that the keys that are absent at
-- times have a branch of their own. One of more than :most bytes is only measured.
select number, finished, octet_length(json) as size, case when octet_length(json) <= :most then json end as json
from (
    select asked.number,
           e.status in ('complete', 'partial', 'failed') as finished,
           case when e.completed_at is null then json_build_object(
               'id', e.id,
               'created_at', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'expires_at', to_char(e.expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'name', coalesce(left(e.name, 65536), ''),
               'format', e.format,
               'status', e.status,
               'sources', s.sources)
           else json_build_object(
               'id', e.id,
               'created_at', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'completed_at', to_char(e.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'expires_at', to_char(e.expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'name', coalesce(left(e.name, 65536), ''),
               'format', e.format,
               'status', e.status,
               'sources', s.sources)
           end::text as json
    from unnest(:ids::uuid[], :orgIds::text[], :usernames::text[], :accountNumbers::text[]) with ordinality
        as asked (id, organization_id, username, account_id, number)
    cross join lateral (
        -- By the primary key: without the limit PostgreSQL may prefer an index of the tenant's, and read all of its exports.
        select * from export_payloads where id = asked.id limit 1
    ) e
    cross join lateral (
        select coalesce(json_agg(
            case when s.status = 'failed' then json_build_object(
                'id', s.id,
                'application', s.application,
                'status', s.status,
                'resource', s.resource,
                'filters', s.filters,
                'message', shown_message(s.message, (
                    select count(*) from sources f where f.export_payload_id = e.id and f.status = 'failed')),
                'error', coalesce(s.code, 0))
            else json_build_object(
                'id', s.id,
                'application', s.application,
                'status', case s.status when 'success' then 'complete' else s.status end,
                'resource', s.resource,
                'filters', s.filters)
            end order by s.position, s.id), '[]') as sources
        -- By the export's entries of the index, see docs/decisions/0020-plans.md: without the offset a plan made for an empty table may
        -- read all of it, for the order.
        from (select * from sources where export_payload_id = e.id offset 0) s
    ) s
    where e.organization_id = asked.organization_id and e.username = asked.username and e.account_id = asked.account_id
      and e.expires > now()
    offset 0
) answer
