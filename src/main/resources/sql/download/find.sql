-- An export of a tenant and its sources in the order of the request, each with its content if there is any. By the primary
-- key, see export/status.sql. The size is that of what the archive says about its files; beyond :maxSize the sources are left
-- out.
select total.size as manifest_size, e.status as export_status, e.created_at, e.completed_at, e.format,
       -- Not if this service has stored a source's data: a replica of the former service that took the last result may have
       -- made a zip, but it cannot read that data.
       case when e.s3_key <> '' and not bool_or(s.size is not null) over () then e.s3_key end as zip_key,
       s.id, s.application, s.resource, filters_json(s::sources) as filters, s.status, s.code,
       case when s.status = 'failed' then shown_message(s.message, count(*) filter (where s.status = 'failed') over ()) end as message,
       case when s.expires > now() or s.expires is null then s.storage_key end as storage_key,
       s.status in ('complete', 'success') and s.size is null as stored_by_former_service,
       s.size, s.deflated_size, s.crc32, s.sha256, s.byte_order_mark, s.delimiter
from (select * from export_payloads where id = :id limit 1) e
cross join lateral (
    select coalesce(sum(300 + octet_length(application) + octet_length(resource) + coalesce(octet_length(coalesce(sent_filters, filters::text)), 0)), 0)
           -- See shown_message.
           + least(coalesce(sum(octet_length(message)), 0), 1048576) as size
    from (select * from sources where export_payload_id = e.id offset 0) source
) total
left join lateral (
    select * from sources where export_payload_id = e.id and total.size <= :maxSize offset 0
) s on true
where e.organization_id = :orgId and e.username = :username and e.account_id = :accountNumber
  and e.expires > now()
order by s.position, s.id
