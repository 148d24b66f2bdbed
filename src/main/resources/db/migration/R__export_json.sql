-- How much of an error message is shown, everywhere: the messages of one export together have at most a million characters,
-- so that its status and its archive can be built in memory whatever the former service has stored.
create or replace function shown_message(message text, failed bigint) returns text language sql immutable as $$
    select left(coalesce(message, ''), least(65536, 1048576 / greatest(failed, 1))::int)
$$;
