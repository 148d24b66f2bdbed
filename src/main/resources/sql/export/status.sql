-- The responses of GET /exports/{id}/status as JSON text, and whether the export is finished, for several requests at a time:
-- one row for each request's number, none where the tenant has no such export. JSON of more than :maxBytes bytes is only
-- measured.
select number, finished, octet_length(json) as size, case when octet_length(json) <= :maxBytes then json end as json
from (
    select requested.number,
           e.status in ('complete', 'partial', 'failed') as finished,
           export_json(e::export_payloads, s.sources) as json
    from unnest(:ids::uuid[], :orgIds::text[], :usernames::text[], :accountNumbers::text[]) with ordinality
        as requested (id, organization_id, username, account_id, number)
    cross join lateral (
        -- By the primary key: without the limit the planner may prefer the tenant's index, and read all of its exports.
        select * from export_payloads where id = requested.id limit 1
    ) e
    cross join lateral sources_json(e.id) s
    where e.organization_id = requested.organization_id and e.username = requested.username
      and e.account_id = requested.account_id and e.expires > now()
    offset 0
) response
