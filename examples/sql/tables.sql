-- The tables of the example, with the same rows at each start and on each machine.
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

-- 4,500 hosts: two thirds belong to organisation 000123, the others to 000456.
-- What looks random is a hash of the number, so that each start and each machine has the same rows.
INSERT INTO hosts
SELECT
  CAST(hash AS uuid),
  CASE WHEN n % 3 = 0 THEN '000456' ELSE '000123' END,
  (ARRAY['web', 'db', 'cache', 'build', 'mail', 'queue', 'proxy'])[1 + dice % 7]
    || '-' || (ARRAY['prod', 'stage', 'test'])[1 + dice / 7 % 3]
    || '-' || lpad(CAST(n AS text), 4, '0') || '.example.com',
  'RHEL ' || (ARRAY['8.10', '9.4', '9.6', '10.0'])[1 + dice / 21 % 4],
  (ARRAY[2, 4, 8, 16, 32])[1 + dice / 84 % 5],
  (ARRAY[4096, 8192, 16384, 32768, 65536])[1 + dice / 84 % 5],
  (ARRAY['active', 'active', 'active', 'stale', 'retired'])[1 + dice / 420 % 5],
  TIMESTAMPTZ '2024-01-01 00:00:00Z' + n * INTERVAL '4 hours 7 minutes 13 seconds'
FROM generate_series(1, 4500) AS n
CROSS JOIN LATERAL (SELECT md5('host ' || n) AS hash) AS hashed
CROSS JOIN LATERAL (SELECT CAST(CAST('x' || substr(hash, 1, 7) AS bit(28)) AS integer) AS dice) AS rolled
ON CONFLICT (id) DO NOTHING;

-- 1,200 subscriptions: two thirds belong to organisation 000123, the others to 000456.
INSERT INTO subscriptions
SELECT
  CAST(md5('subscription ' || n) AS uuid),
  CASE WHEN n % 3 = 0 THEN '000456' ELSE '000123' END,
  (ARRAY[
    'Red Hat Enterprise Linux Server, Standard',
    'Red Hat Enterprise Linux Server, Premium',
    'Red Hat OpenShift Container Platform',
    'Red Hat Ansible Automation Platform',
    'Red Hat Satellite Infrastructure'
  ])[1 + n % 5],
  1 + n * 13 % 250,
  CASE WHEN n % 4 = 0 THEN 'expired' ELSE 'active' END,
  DATE '2022-01-01' + n,
  DATE '2023-01-01' + n
FROM generate_series(1, 1200) AS n
ON CONFLICT (id) DO NOTHING;
