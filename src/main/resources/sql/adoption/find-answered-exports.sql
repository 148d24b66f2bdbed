-- Exports whose sources are all answered and that nobody has finished: the former service ended while it made the zip.
-- Ours settles an answer and its export in one transaction. Five minutes: a replica of the former one may be at it now.
select e.id
from export_payloads e
where e.status in ('pending', 'running') and e.updated_at < now() - interval '5 minutes'
  and exists (select from sources s where s.export_payload_id = e.id)
  and not exists (select from sources s where s.export_payload_id = e.id and s.status = 'pending')
limit 500
