-- What each Idempotency-Key has been used for. No foreign key: the key of a deleted export is not free again, or a request
-- that was on its way for long would bring the export back.
create table idempotency_keys (
    organization_id text not null,
    username text not null,
    account_id text not null,
    key text not null,
    -- SHA-256 of the request's JSON; what was asked for is not kept here.
    request bytea not null,
    export_id uuid not null,
    expires timestamptz not null,
    primary key (organization_id, username, account_id, key)
);

create index idempotency_keys_expires on idempotency_keys (expires);
