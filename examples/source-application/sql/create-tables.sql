CREATE TABLE IF NOT EXISTS hosts (
  id               uuid PRIMARY KEY,
  org_id           text NOT NULL,
  display_name     text NOT NULL,
  operating_system text NOT NULL,
  cpu_count        integer NOT NULL,
  memory_mib       integer NOT NULL,
  status           text NOT NULL,
  last_seen        timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS hosts_by_organisation ON hosts (org_id, last_seen);
CREATE TABLE IF NOT EXISTS subscriptions (
  id         uuid PRIMARY KEY,
  org_id     text NOT NULL,
  product    text NOT NULL,
  quantity   integer NOT NULL,
  status     text NOT NULL,
  start_date date NOT NULL,
  end_date   date NOT NULL
);
CREATE INDEX IF NOT EXISTS subscriptions_by_organisation ON subscriptions (org_id, start_date);
