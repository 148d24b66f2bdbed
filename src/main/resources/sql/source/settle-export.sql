update export_payloads
set status = :status, updated_at = now(), completed_at = case when :finished then now() end
where id = :exportId
