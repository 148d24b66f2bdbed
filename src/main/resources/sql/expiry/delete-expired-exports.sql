-- Deletes up to 500 expired exports with their sources; triggers hand the objects to deletion. Replicas take different
-- ones: locked rows are skipped.
delete from export_payloads
where id = any(array(
    select id from export_payloads where expires <= now() order by expires limit 500 for update skip locked
))
returning id
