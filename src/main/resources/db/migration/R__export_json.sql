-- The JSON of exports and their sources, for every statement that shows them. PostgreSQL inlines these functions, as each is
-- a single expression or query. format() rather than json_build_object(), which looks up the type of each argument for each
-- row; a null argument would be printed as nothing, hence the text null.

-- RFC 3339 in UTC with microseconds, quoted.
create or replace function json_time(instant timestamptz) returns text language sql stable as $$
    select to_char(instant at time zone 'UTC', '\"YYYY-MM-DD"T"HH24:MI:SS.US"Z"\"')
$$;

-- Limits an error message, so that the messages of one export have at most a million characters together: its status and its
-- archive can be built in memory whatever the former service has stored.
create or replace function shown_message(message text, failed bigint) returns text language sql immutable as $$
    select left(coalesce(message, ''), least(65536, 1048576 / greatest(failed, 1))::int)
$$;

-- Filters as they were sent. The former service kept them as jsonb only, whose spaces outside of strings are removed.
create or replace function filters_json(source sources) returns text language sql immutable as $$
    select coalesce(source.sent_filters, regexp_replace(source.filters::text, '("(?:[^"\\]|\\.)*")| ', '\1', 'g'))
$$;

-- failed: the number of failed sources of the export.
create or replace function source_json(source sources, failed bigint) returns text language sql stable as $$
    select format(
        '{"id":"%s","application":%s,"status":%s,"resource":%s,"filters":%s%s}',
        source.id,
        to_json(source.application),
        to_json(case source.status when 'success' then 'complete' else source.status end),
        to_json(source.resource),
        coalesce(filters_json(source), 'null'),
        case when source.status = 'failed' then
            format(',"message":%s,"error":%s', to_json(shown_message(source.message, failed)), coalesce(source.code, 0))
        end)
$$;

-- In the order of the request. The offset makes the planner look the sources up by the export's index entries, even in a plan
-- made for an empty table (docs/decisions/0020-plans.md).
create or replace function sources_json(export uuid) returns table (sources text) language sql stable as $$
    select '[' || coalesce(string_agg(
               source_json(s::sources, (select count(*) from sources where export_payload_id = export and status = 'failed')),
               ',' order by s.position, s.id), '') || ']'
    from (select * from sources where export_payload_id = export offset 0) s
$$;

-- An export; in lists without its sources, and with its name up front. completed_at is absent until the export is finished.
create or replace function export_json(export export_payloads, sources text default null)
returns text language sql stable as $$
    select format(
        case when sources is null
            then '{"id":"%1$s","name":%2$s,%3$s,"format":%4$s,"status":%5$s}'
            else '{"id":"%1$s",%3$s,"name":%2$s,"format":%4$s,"status":%5$s,"sources":%6$s}' end,
        export.id,
        to_json(left(coalesce(export.name, ''), 65536)),
        concat('"created_at":', coalesce(json_time(export.created_at), 'null'),
               ',"completed_at":' || json_time(export.completed_at),
               ',"expires_at":', json_time(export.expires)),
        coalesce(to_json(export.format), 'null'),
        coalesce(to_json(export.status), 'null'),
        sources)
$$;
