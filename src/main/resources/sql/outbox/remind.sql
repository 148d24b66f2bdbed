-- Moves requests that are due for a reminder back to the outbox. Rows that another replica holds are skipped; sources that
-- have a result or are gone are dropped.
with due as (
    delete from awaiting_response
    where source_id = any(array(
        select source_id
        from awaiting_response
        where due <= now() and event is not null
        order by due
        limit 1000
        for update skip locked
    ))
    returning source_id, announced_at, reminders, application, identity, event
)
insert into outbox (source_id, application, identity, event, reminders, announced_at)
select source_id, application, identity, event, reminders + 1, announced_at
from due
cross join lateral (select status from sources where id = source_id limit 1) source
where source.status = 'pending'
