-- Renews the subscriptions of this replica and returns the hooks to which any replica subscribes, without those added just now.
with own as (
    insert into hook_subscriptions (hook, extension, seen_at)
    select hook, extension, now()
    from unnest(:hooks::text[], :extensions::text[]) as own (hook, extension)
    on conflict (hook, extension) do update set seen_at = excluded.seen_at
    where hook_subscriptions.seen_at < now() - interval '5 seconds'
)
select distinct hook from hook_subscriptions
