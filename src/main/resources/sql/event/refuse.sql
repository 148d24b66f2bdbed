-- Sets aside an event that Kafka will never take.
update outbox set refused = :reason where id = :id
