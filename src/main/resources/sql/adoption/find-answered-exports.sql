-- Finds unfinished exports whose sources all have a result: the former service ended while it made the zip. (This service
-- records a result and its export in one transaction.) Waits five minutes, since a replica of the former service may be busy
-- with it.
select e.id
from export_payloads e
cross join lateral (select from sources where export_payload_id = e.id limit 1) one
left join lateral (
    select status from sources where export_payload_id = e.id and status = 'pending' limit 1
) waiting on true
where e.status in ('pending', 'running') and e.updated_at < now() - interval '5 minutes' and waiting.status is null
limit 500
