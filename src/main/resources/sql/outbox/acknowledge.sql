-- Moves events that Kafka has accepted from the outbox to awaiting_response. The event with its identity is kept only for a
-- reminder before the deadline. Sources that have responded meanwhile are skipped, and so is a repeated announcement after an
-- expired lease. Without waiting for the disk: what a database crash loses is announced again.
with relaxed as materialized (
    select set_config('synchronous_commit', 'off', true)
), sent as (
    delete from outbox
    using relaxed
    where id = any(:ids)
    returning source_id, application, identity, event, reminders, coalesce(announced_at, now()) as announced_at
), awaiting as (
    select sent.*,
        announced_at + make_interval(secs => :deadlineSeconds) as deadline,
        now() + make_interval(secs => :reminderSeconds) * power(2, reminders) as next
    from sent
    cross join lateral (select status from sources where id = source_id limit 1) source
    where source.status = 'pending'
), step as (
    select *, reminders < :reminders and next < deadline as again from awaiting
)
insert into awaiting_response (source_id, announced_at, reminders, due, application, identity, event)
select source_id, announced_at, reminders, case when again then next else deadline end,
    case when again then application end, case when again then identity end, case when again then event end
from step
on conflict (source_id) do nothing
