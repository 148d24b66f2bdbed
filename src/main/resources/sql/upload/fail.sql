-- Fails sources. Returns the indices of the results that count: of several for one source, one.
update sources s
set status = 'failed', code = result.code, message = result.message
from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :codes::int[], :messages::text[])
    as result (number, export_id, source_id, code, message)
where s.id = any(:sourceIds::uuid[]) and s.id = result.source_id and s.export_payload_id = result.export_id and s.status = 'pending'
returning result.number
