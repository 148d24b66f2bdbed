-- Sources that expired before their application answered.
select export_payload_id, id from sources where expires <= now() and status = 'pending' limit 500
