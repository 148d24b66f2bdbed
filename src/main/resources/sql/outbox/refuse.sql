-- Marks an event that Kafka will never accept as refused, as long as its source exists. The share lock on the source makes a
-- concurrent delete come first, or find the refused event and delete it too.
with source as materialized (
    select id from sources where id = :sourceId for key share
), gone as (
    delete from outbox where id = :id and not exists (select from source)
)
update outbox set refused = :reason, refused_at = now(), leased_until = null
where id = :id and exists (select from source)
