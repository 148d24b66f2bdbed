-- Finds exports, and one source in each if it exists, for several calls at a time. Each by its primary key (see
-- export/status.sql). Cuts messages to the maximum length, which the former service did not have.
select asked.number, e.organization_id, e.format, s.application, s.status, s.code, left(s.message, 65536) as message, s.size, s.sha256,
       s.expires <= now() as expired
from unnest(:exportIds::uuid[], :sourceIds::uuid[]) with ordinality as asked (export_id, source_id, number)
cross join lateral (select * from export_payloads where id = asked.export_id and expires > now() limit 1) e
left join lateral (select * from sources where id = asked.source_id limit 1) s on s.export_payload_id = e.id
