-- The tables of this service. Functions and triggers are in the repeatable migrations, which run after this one.

-- Request events to send. The statement that creates an export writes them; they go once Kafka has them. No foreign key:
-- the relay may hold rows for long while Kafka is down, and deleting an export must not wait for it.
create table outbox (
    id bigint generated always as identity primary key,
    source_id uuid not null,
    application text not null,
    identity text not null,
    event text not null,
    -- The replica that is sending the event holds it until then.
    leased_until timestamptz,
    -- Why Kafka will never accept the event. Such a row blocks no other.
    refused text,
    refused_at timestamptz,
    -- When Kafka first accepted it; null until then.
    announced_at timestamptz,
    reminders int not null default 0
);

create index outbox_source_id on outbox (source_id);

-- Sources that have been announced and have not responded: when to remind or to give up. The response deletes the row. No
-- foreign key: announcing and deleting need not wait for each other.
create table awaiting_response (
    source_id uuid primary key,
    announced_at timestamptz not null,
    reminders int not null default 0,
    due timestamptz not null,
    -- The event of the next reminder; null when there will be none, and then the source fails once due.
    application text,
    identity text,
    event text
);

create index awaiting_response_due on awaiting_response (due);

-- Pending sources of the former service cannot be reminded, since the identity is no longer known. They have a day from now.
insert into awaiting_response (source_id, announced_at, due)
select id, now(), now() + interval '1 day' from sources where status = 'pending';

-- Objects to delete once due. An upload adds its object before it sends the first byte and removes it in the transaction
-- that completes the source, so that no failure in between leaves an object behind.
create table pending_deletions (
    storage_key text primary key,
    -- Whether a multipart upload of this key may have to be aborted too.
    multipart boolean not null default false,
    attempts int not null default 0,
    due timestamptz not null
);

create index pending_deletions_due on pending_deletions (due);

-- The number of exports of a tenant, so that a list need not count them. It is the sum of the rows: each change of an export
-- appends rows and updates none, so that exports of one tenant can be created concurrently. sql/export/merge-counts.sql
-- merges the rows soon after.
create table export_counts (
    merged boolean not null default false,
    organization_id text not null,
    username text not null,
    account_id text not null,
    id bigint generated always as identity,
    status text,
    -- The distinct applications of the sources, in byte order: the program's order, whatever the database's collation.
    applications text[] not null,
    exports bigint not null,
    primary key (merged, organization_id, username, account_id, id)
);

-- The request that each Idempotency-Key was used for. No foreign key: deleting an export does not free its key, or a
-- delayed retry would create the export again.
create table idempotency_keys (
    organization_id text not null,
    username text not null,
    account_id text not null,
    key text not null,
    -- SHA-256 of the request's JSON.
    request bytea not null,
    export_id uuid not null,
    expires timestamptz not null,
    primary key (organization_id, username, account_id, key)
);

create index idempotency_keys_expires on idempotency_keys (expires);

-- Extensions that subscribe to a hook: some replica has, or recently had, a route that begins with
-- direct:<hook>.<extension> (docs/extensions.md). Without a subscription no calls are written.
create table hook_subscriptions (
    hook text not null,
    extension text not null,
    -- When a replica last reported the route, to within a few seconds.
    seen_at timestamptz not null,
    primary key (hook, extension)
);

-- Calls to make. Each is written in the transaction of the change that it reports, and deleted once the route has run. No
-- foreign keys: the export may be gone by the time of the call, and every create would lock the subscription's row.
create table hook_calls (
    -- Calls of one export are in the order of its changes, since each change locks the export's row.
    id bigint generated always as identity primary key,
    call_id uuid not null default gen_random_uuid(),
    hook text not null,
    extension text not null,
    export_id uuid not null,
    body jsonb not null,
    attempts int not null default 0,
    -- When the call may be claimed: at once, after a pause, or when the claimant's lease has run out.
    due timestamptz not null default now(),
    -- Why there will be no further attempt. Such a row blocks no other.
    given_up text
);

create index hook_calls_due on hook_calls (extension, due) where given_up is null;

create index hook_calls_export on hook_calls (export_id, extension, id) where given_up is null;
