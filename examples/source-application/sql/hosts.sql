-- The hosts of one organisation that the filters select. A filter that is absent is NULL and selects all.
WITH filter AS (
  SELECT *
  FROM jsonb_to_record(CAST(:#${variable.filters} AS jsonb))
    AS f ("startDate" date, "endDate" date, status text, name text)
)
SELECT
  CAST(hosts.id AS text) AS id,
  display_name,
  operating_system,
  cpu_count,
  memory_mib,
  hosts.status,
  to_char(last_seen AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_seen
FROM hosts CROSS JOIN filter
WHERE org_id = :#${variable.organisation}
  AND (filter."startDate" IS NULL OR last_seen >= filter."startDate")
  AND (filter."endDate" IS NULL OR last_seen < filter."endDate" + 1)
  AND (filter.status IS NULL OR hosts.status = filter.status)
  AND (filter.name IS NULL OR strpos(lower(display_name), lower(filter.name)) > 0)
ORDER BY last_seen
