-- The export, if it lives, and the source in it, if there is one.
select e.organization_id, e.format, s.id as source_id, s.application, s.status, s.code, s.message, s.size, s.sha256,
       s.expires <= now() as expired
from export_payloads e
left join sources s on s.export_payload_id = e.id and s.id = :sourceId
where e.id = :exportId and e.expires > now()
