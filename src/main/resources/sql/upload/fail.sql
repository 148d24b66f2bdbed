-- Returns the numbers of the results that count: of several for one source, one.
update sources s
set status = 'failed', code = answer.code, message = answer.message
from unnest(:numbers::int[], :exportIds::uuid[], :sourceIds::uuid[], :codes::int[], :messages::text[])
    as answer (number, export_id, source_id, code, message)
where s.id = any(:sourceIds::uuid[]) and s.id = answer.source_id and s.export_payload_id = answer.export_id and s.status = 'pending'
returning answer.number
