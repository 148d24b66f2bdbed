-- Sources that were reminded and have no result at the deadline.
with gone as (
    delete from awaiting_response
    where source_id = any(array(
        select u.source_id
        from awaiting_response u
        left join lateral (select status from sources where id = u.source_id limit 1) s on true
        where u.due <= now() and u.event is null and s.status is distinct from 'pending'
    ))
)
select s.export_payload_id, s.id
from awaiting_response u
cross join lateral (select * from sources where id = u.source_id limit 1) s
where u.due <= now() and u.event is null and s.status = 'pending'
order by u.due
limit 1000
