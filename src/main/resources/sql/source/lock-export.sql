-- Answers of one export are settled one after the other, so that the last one sees all the others.
select id from export_payloads where id = :exportId and expires > now() for update
