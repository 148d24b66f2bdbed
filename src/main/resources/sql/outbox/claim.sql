-- Claims the oldest waiting events, up to one batch. The claimant holds them until its lease runs out. No row stays locked
-- while Kafka is slow: deletes never wait, and a replica that dies or freezes delays events by its lease at most. An event
-- that Kafka may find too large comes alone, so that it fails no batch. Events up to :after are skipped: most have been sent,
-- and the index leads past each of them until the table is vacuumed.
--
-- Without waiting for the disk: a claim that a database crash loses only makes events be sent again.
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
