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
ON CONFLICT (id) DO NOTHING
