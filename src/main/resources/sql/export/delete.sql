-- Deletes an export for its owner. Triggers hand its content to the eraser.
delete from export_payloads
where id = :id
  and organization_id = :orgId and username = :username and account_id = :accountNumber
  and expires > now()
