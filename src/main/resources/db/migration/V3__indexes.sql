-- Runs outside a transaction (V3__indexes.sql.conf), so that large tables stay readable and writable meanwhile. An
-- interrupted build leaves an invalid index behind; the drops let this script simply run again.
drop index concurrently if exists sources_export_payload_id;
create index concurrently sources_export_payload_id on sources (export_payload_id, application, resource);

drop index concurrently if exists sources_expires;
create index concurrently sources_expires on sources (expires) where expires is not null;

drop index concurrently if exists export_payloads_expires;
create index concurrently export_payloads_expires on export_payloads (expires);

-- Lists of one tenant and their counts, without reading the table (docs/decisions/0022-list-indexes.md).
drop index concurrently if exists export_payloads_tenant_created;
create index concurrently export_payloads_tenant_created
    on export_payloads (organization_id, username, account_id, created_at, id) include (expires);

drop index concurrently if exists export_payloads_tenant_status;
create index concurrently export_payloads_tenant_status
    on export_payloads (organization_id, username, account_id, status, created_at, id) include (expires);
