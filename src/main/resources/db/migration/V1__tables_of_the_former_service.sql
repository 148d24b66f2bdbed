-- The tables of RedHatInsights/export-service-go. Its own database has them already.
create table if not exists export_payloads (
    id uuid primary key,
    created_at timestamptz,
    updated_at timestamptz,
    completed_at timestamptz,
    expires timestamptz,
    request_id text,
    name text,
    format text,
    status text,
    s3_key text,
    account_id text,
    organization_id text,
    username text
);

create table if not exists sources (
    id uuid primary key,
    export_payload_id uuid references export_payloads (id) on delete cascade,
    application text not null,
    status text not null,
    resource text not null,
    filters jsonb,
    code int,
    message text
);
