set local lock_timeout = '5s';

-- Sources that have been asked and have not answered: when to ask again, or to give up. Gone with the answer. No foreign
-- key: an announcement and a delete need not wait for each other.
create table unanswered (
    source_id uuid primary key,
    -- When Kafka had the first request event.
    asked_at timestamptz not null,
    repeats int not null default 0,
    due timestamptz not null,
    -- The event to send once more; null when it will not be, and then the source fails when it is due.
    application text,
    identity text,
    event text
);

create index unanswered_due on unanswered (due);

create function release_request() returns trigger language plpgsql as $$
begin
    delete from unanswered where source_id = new.id;
    return null;
end
$$;

create trigger release_request after update of status on sources
    for each row when (old.status = 'pending' and new.status <> 'pending') execute function release_request();

create or replace function release_source() returns trigger language plpgsql as $$
begin
    if old.storage_key is not null then
        insert into erasures (storage_key, due) values (old.storage_key, now())
        on conflict (storage_key) do update set due = excluded.due;
    end if;
    -- What has not been announced need not be. Events that the relay is sending right now are left to it.
    delete from outbox
    where id in (select id from outbox where source_id = old.id for update skip locked);
    delete from unanswered where source_id = old.id;
    return null;
end
$$;

alter table outbox
    add column repeats int not null default 0,
    -- When Kafka had it for the first time; null until then.
    add column asked_at timestamptz;

-- What was announced before cannot be announced again, since the identity is not known any more. It has a day from now.
insert into unanswered (source_id, asked_at, due)
select s.id, now(), now() + interval '1 day'
from sources s
where s.status = 'pending' and not exists (select from outbox where source_id = s.id);
