-- Deletes an export for its owner. Triggers hand its content to the eraser. It is found by the primary key, see status.sql.
delete from export_payloads
where id = (
    select id
    from (select * from export_payloads where id = :id limit 1) export
    where organization_id = :orgId and username = :username and account_id = :accountNumber
      and expires > now()
)
