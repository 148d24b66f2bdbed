-- Takes up to 500 exports whose time has come, with their sources; triggers hand their content to the eraser. Replicas
-- take different ones: a row that another one holds is skipped.
delete from export_payloads
where id = any(array(
    select id from export_payloads where expires <= now() order by expires limit 500 for update skip locked
))
returning id
