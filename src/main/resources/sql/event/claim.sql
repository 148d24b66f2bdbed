-- The oldest events that wait. They stay locked until the transaction that sends them deletes them, so that another
-- replica takes other ones, and takes these only if this one dies.
select id, source_id, application, identity, event
from outbox
where refused is null
order by id
limit :limit
for update skip locked
