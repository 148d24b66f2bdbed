update export_payloads e
set status = settled.status, updated_at = now(),
    completed_at = case when settled.status in ('complete', 'partial', 'failed') then now() end
from unnest(:exportIds::uuid[], :statuses::text[]) as settled (id, status)
where e.id = any(:exportIds::uuid[]) and e.id = settled.id
