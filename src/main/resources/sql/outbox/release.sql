-- Releases events that could not be sent.
update outbox set leased_until = null where id = any(:ids)
