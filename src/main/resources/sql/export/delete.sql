-- Deletes a tenant's export. Triggers hand its content to the deletion of objects. By the primary key, see status.sql.
delete from export_payloads
where id = (
    select id
    from (select * from export_payloads where id = :id limit 1) export
    where organization_id = :orgId and username = :username and account_id = :accountNumber
      and expires > now()
)
