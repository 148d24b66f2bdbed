-- The subscriptions of one organisation that the filters select: those that run between the two dates.
-- A filter that is absent is NULL and selects all.
WITH filter AS (
  SELECT *
  FROM jsonb_to_record(CAST(:#${variable.filters} AS jsonb))
    AS f ("startDate" date, "endDate" date, status text, name text)
)
SELECT
  CAST(subscriptions.id AS text) AS id,
  product,
  quantity,
  subscriptions.status,
  CAST(start_date AS text) AS start_date,
  CAST(end_date AS text) AS end_date
FROM subscriptions CROSS JOIN filter
WHERE org_id = :#${variable.organisation}
  AND (filter."startDate" IS NULL OR end_date >= filter."startDate")
  AND (filter."endDate" IS NULL OR start_date <= filter."endDate")
  AND (filter.status IS NULL OR subscriptions.status = filter.status)
  AND (filter.name IS NULL OR strpos(lower(product), lower(filter.name)) > 0)
ORDER BY start_date
