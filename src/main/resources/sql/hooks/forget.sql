-- Deletes subscriptions that no replica has renewed for an hour, which is enough for a restart, with their waiting calls, and
-- calls that were given up a week ago.
with forgotten as (
    delete from hook_subscriptions where seen_at < now() - interval '1 hour'
)
delete from hook_calls call
where call.given_up is not null and call.due < now() - interval '7 days'
   or call.given_up is null and not exists (
       select from hook_subscriptions h
       where h.hook = call.hook and h.extension = call.extension and h.seen_at >= now() - interval '1 hour')
