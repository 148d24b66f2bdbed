-- An export for its owner, and its sources in the order of the request, each with its content if it has any now.
select e.status as export_status, e.created_at, e.completed_at, e.format, e.s3_key,
       s.id, s.application, s.resource, s.filters::text as filters, s.status, s.code, s.message,
       case when s.expires > now() or s.expires is null then s.storage_key end as storage_key,
       s.size, s.deflated_size, s.crc32, s.sha256
from export_payloads e
left join sources s on s.export_payload_id = e.id
where e.id = :id
  and e.organization_id = :orgId and e.username = :username and e.account_id = :accountNumber
  and e.expires > now()
order by s.position, s.id
