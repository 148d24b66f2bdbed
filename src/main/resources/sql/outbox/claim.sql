-- The oldest events that wait, no more than are good for one batch. Whoever claims them has them until the lease runs
-- out: no row stays locked while Kafka is slow, so that a delete never waits for it, and a replica that dies or freezes
-- holds nothing up for longer than that. An event that Kafka may find too large comes alone, and spoils no batch. Those up
-- to :after are left out: most have been sent, and the index leads past every one until the table is vacuumed.
--
-- Nobody waits for the disk: a claim that is lost when the database dies makes an event be sent again, no more.
with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
update outbox
set leased_until = now() + make_interval(secs => :leaseSeconds)
from relaxed
where id = any(array(
    select id
    from (
        select id, row_number() over oldest as number, sum(size) over oldest as total
        from (
            select id, octet_length(event) + octet_length(identity) as size
            from outbox
            where id > :after and refused is null and (leased_until is null or leased_until <= now())
            order by id
            limit :limit
            for update skip locked
        ) waiting
        window oldest as (order by id)
    ) batch
    where number = 1 or total <= :bytes
))
returning id, source_id, application, identity, event
