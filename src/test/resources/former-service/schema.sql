-- What the two migrations of the former service leave, and the table in which golang-migrate remembers them.
create table schema_migrations (version bigint not null primary key, dirty boolean not null);
insert into schema_migrations values (2, false);

create table export_payloads (
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

create table sources (
    id uuid primary key,
    export_payload_id uuid references export_payloads (id) on delete cascade,
    application text not null,
    status text not null,
    resource text not null,
    filters jsonb,
    code int,
    message text
);

create index export_payloads_account_id_org_id_username_index
    on export_payloads (account_id, organization_id, username);
