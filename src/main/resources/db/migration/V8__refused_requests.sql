set local lock_timeout = '5s';

alter table outbox add column refused_at timestamptz;

-- For operators: request events that Kafka will not take, and why. Without the event and the identity in it.
create view refused_requests as
select o.source_id, s.export_payload_id as export_id, e.organization_id, s.application, s.resource,
       octet_length(o.event) as bytes, o.refused as reason, o.refused_at, s.status
from outbox o
join sources s on s.id = o.source_id
join export_payloads e on e.id = s.export_payload_id
where o.refused is not null;

-- For operators: sends such an event once more, when what was in its way is. Its source, which had failed for that reason
-- alone, is pending again, and its export is not finished any more. Whatever else has happened meanwhile stays as it is.
create function retry_refused_request(source uuid) returns text language plpgsql as $$
declare
    export uuid;
begin
    select export_payload_id into export from sources where id = source;
    -- Exports before sources, as everywhere, so that answers of other sources and this take turns.
    perform from export_payloads where id = export and expires > now() for update;
    if not found then
        return 'there is no such source, or its export has expired';
    end if;
    -- The source has failed, and only then the event is set aside: whoever finds it so finds both done.
    update outbox set refused = null, refused_at = null, leased_until = null
    where source_id = source and refused is not null;
    if not found then
        return 'no request event of this source is set aside';
    end if;
    update sources set status = 'pending', code = null, message = null
    where id = source and status = 'failed' and code = 502 and storage_key is null;
    if not found then
        delete from outbox where source_id = source;
        return 'the source has been answered otherwise';
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
