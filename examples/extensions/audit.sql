-- The table of audit.camel.yaml: a row for each change of an export. Run it once in the service's database before the
-- extension is turned on.
create table if not exists audit (
    call_id uuid primary key,
    happened_at timestamptz not null,
    action text not null,
    export_id uuid not null,
    organization_id text,
    account_id text,
    username text,
    -- The export's status after the change.
    status text,
    -- The source and its status, if the change is a source's result.
    application text,
    resource text,
    source_status text
);

create index if not exists audit_organization on audit (organization_id, happened_at);
