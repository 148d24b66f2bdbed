-- Replicas of the former service may still be running on this database. No statement here rewrites a table, but altering
-- one needs an exclusive lock for a moment. If the lock is not free within five seconds the start fails and is retried:
-- waiting longer would queue every reader behind this migration.
set local lock_timeout = '5s';

-- A missing account number is the empty string, and every export expires.
update export_payloads
set account_id = coalesce(account_id, ''), expires = coalesce(expires, now() + interval '7 days')
where account_id is null or expires is null;

-- Lock order: exports before sources, as in every other statement.
lock table export_payloads in share row exclusive mode;

-- The archive is laid out from these columns alone. Position 0 marks a source of the former service; ours start at 1.
alter table sources
    add column if not exists position int not null default 0,
    -- The text of filters, of which jsonb loses order, repetitions and the spelling of numbers.
    add column if not exists sent_filters text,
    add column if not exists expires timestamptz,
    add column if not exists storage_key text,
    add column if not exists size bigint,
    add column if not exists deflated_size bigint,
    add column if not exists crc32 bigint,
    add column if not exists sha256 bytea,
    add column if not exists byte_order_mark boolean,
    add column if not exists delimiter text;
