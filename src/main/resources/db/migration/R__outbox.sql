-- Requests to sources: the end of waiting for a response, and what operators do about events that Kafka refuses.
set local lock_timeout = '5s';

create or replace function stop_awaiting_response() returns trigger language plpgsql as $$
begin
    delete from awaiting_response where source_id = new.id;
    return null;
end
$$;

create or replace trigger stop_awaiting_response after update of status on sources
    for each row when (old.status = 'pending' and new.status <> 'pending') execute function stop_awaiting_response();

-- A source that a replica of the former service creates has a day. It cannot be reminded: its event is not in the database.
create or replace function await_response_to_former_service() returns trigger language plpgsql as $$
begin
    insert into awaiting_response (source_id, announced_at, due) values (new.id, now(), now() + interval '1 day')
    on conflict (source_id) do nothing;
    return null;
end
$$;

create or replace trigger await_response_to_former_service after insert on sources
    for each row when (new.position = 0 and new.status = 'pending') execute function await_response_to_former_service();

-- For operators: request events that Kafka refuses, and why; without the event and the identity in it.
create or replace view refused_requests as
select o.source_id, s.export_payload_id as export_id, e.organization_id, s.application, s.resource,
       octet_length(o.event) as bytes, o.refused as reason, o.refused_at, s.status
from outbox o
join sources s on s.id = o.source_id
join export_payloads e on e.id = s.export_payload_id
where o.refused is not null;

-- For operators: sends a refused event again, once its cause is gone. If the source failed for that reason alone it is
-- pending again, and its export unfinished. Anything else that has happened since stays as it is.
create or replace function retry_refused_request(source uuid) returns text language plpgsql as $$
declare
    export uuid;
begin
    select export_payload_id into export from sources where id = source;
    -- Lock order: exports before sources. The export's lock also serialises this with results of other sources.
    perform from export_payloads where id = export and expires > now() for update;
    if not found then
        return 'there is no such source, or its export has expired';
    end if;
    -- A source fails before its event is marked as refused, so a refused event implies a failed source.
    update outbox set refused = null, refused_at = null, leased_until = null
    where source_id = source and refused is not null;
    if not found then
        return 'no request event of this source is refused';
    end if;
    update sources set status = 'pending', code = null, message = null
    where id = source and status = 'failed' and code = 502 and storage_key is null;
    if not found then
        delete from outbox where source_id = source;
        return 'the source has a result already';
    end if;
    update export_payloads
    set status = case when exists (
                     select from sources where export_payload_id = export and status <> 'pending')
                 then 'running' else 'pending' end,
        completed_at = null, updated_at = now()
    where id = export;
    return 'the request will be sent again';
end
$$;
