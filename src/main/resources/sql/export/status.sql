-- The answer of GET /exports/{id}/status, as JSON text, and whether the export is finished. PostgreSQL builds it:
-- json (not jsonb) keeps the order of the keys; json_strip_nulls would take "filters": null away, so that the keys
-- that are absent at times have a branch of their own.
select e.status in ('complete', 'partial', 'failed') as finished,
       case when e.completed_at is null then json_build_object(
           'id', e.id,
           'created_at', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'expires_at', to_char(e.expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'name', coalesce(e.name, ''),
           'format', e.format,
           'status', e.status,
           'sources', s.sources)
       else json_build_object(
           'id', e.id,
           'created_at', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'completed_at', to_char(e.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'expires_at', to_char(e.expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'name', coalesce(e.name, ''),
           'format', e.format,
           'status', e.status,
           'sources', s.sources)
       end::text as json
from export_payloads e
cross join lateral (
    select coalesce(json_agg(
        case when s.status = 'failed' then json_build_object(
            'id', s.id,
            'application', s.application,
            'status', s.status,
            'resource', s.resource,
            'filters', s.filters,
            'message', coalesce(s.message, ''),
            'error', coalesce(s.code, 0))
        else json_build_object(
            'id', s.id,
            'application', s.application,
            'status', case s.status when 'success' then 'complete' else s.status end,
            'resource', s.resource,
            'filters', s.filters)
        end order by s.position, s.id), '[]') as sources
    from sources s
    where s.export_payload_id = e.id
) s
where e.id = :id
  and e.organization_id = :orgId and e.username = :username and e.account_id = :accountNumber
  and e.expires > now()
