update export_payloads e
set status = changed.status, updated_at = now(),
    completed_at = case when changed.status in ('complete', 'partial', 'failed') then now() end
from unnest(:exportIds::uuid[], :statuses::text[]) as changed (id, status)
where e.id = any(:exportIds::uuid[]) and e.id = changed.id
