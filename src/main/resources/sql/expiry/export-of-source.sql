select export_payload_id from sources where id = :sourceId and status = 'pending'
