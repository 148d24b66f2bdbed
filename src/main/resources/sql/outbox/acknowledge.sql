-- Kafka has these events: they leave the outbox, and their sources are waited for. The event stays, and the identity in
-- it, only if it will be sent again before the deadline. A source may have answered already; one whose lease ran out may
-- have been announced twice. Nobody waits for the disk: what is lost when the database dies is sent once more.
with relaxed as materialized (
    select set_config('synchronous_commit', 'off', true)
), sent as (
    delete from outbox
    using relaxed
    where id = any(:ids)
    returning source_id, application, identity, event, reminders, coalesce(announced_at, now()) as announced_at
), awaited as (
    select sent.*,
        announced_at + make_interval(secs => :deadlineSeconds) as deadline,
        now() + make_interval(secs => :reminderSeconds) * power(2, reminders) as next
    from sent
    cross join lateral (select status from sources where id = source_id limit 1) source
    where source.status = 'pending'
), step as (
    select *, reminders < :reminders and next < deadline as again from awaited
)
insert into awaiting_response (source_id, announced_at, reminders, due, application, identity, event)
select source_id, announced_at, reminders, case when again then next else deadline end,
    case when again then application end, case when again then identity end, case when again then event end
from step
on conflict (source_id) do nothing
