-- Finds data that the former service stored unchanged.
select s.id, e.organization_id,
       e.organization_id || '/' || e.id || '/' || s.id || '.' || e.format as raw_key
from export_payloads e
join sources s on s.export_payload_id = e.id
where e.id = :exportId and s.status in ('complete', 'success') and s.size is null
