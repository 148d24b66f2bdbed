-- The names of filters that no query here applies, or NULL.
SELECT string_agg(name, ', ' ORDER BY name)
FROM jsonb_object_keys(CAST(:#${variable.filters} AS jsonb)) AS name
WHERE name NOT IN ('startDate', 'endDate', 'status', 'name')
