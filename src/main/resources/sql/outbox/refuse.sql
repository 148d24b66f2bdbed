-- Sets aside an event that Kafka will never take, for as long as there is its source: the share of the source's lock makes
-- whoever deletes the source come before this, or find the event set aside and delete it too.
with source as materialized (
    select id from sources where id = :sourceId for key share
), gone as (
    delete from outbox where id = :id and not exists (select from source)
)
update outbox set refused = :reason, refused_at = now(), leased_until = null
where id = :id and exists (select from source)
