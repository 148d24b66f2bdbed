-- Sources that were asked, again too, and have not answered before the deadline.
with gone as (
    delete from unanswered
    where due <= now() and event is null
        and not exists (select from sources where id = source_id and status = 'pending')
)
select s.export_payload_id, s.id
from unanswered u
join sources s on s.id = u.source_id
where u.due <= now() and u.event is null and s.status = 'pending'
order by u.due
limit 1000
