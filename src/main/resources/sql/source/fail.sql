update sources
set status = 'failed', code = :code, message = :message
where id = :sourceId and export_payload_id = :exportId and status = 'pending'
