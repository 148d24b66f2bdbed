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
ON CONFLICT (id) DO NOTHING
