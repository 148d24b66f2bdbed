-- Claims an Idempotency-Key for a new export, unless the tenant has used it within its time. Of two requests at the same
-- time, on any replicas, the second waits here until the first has committed or failed, and then sees its row, or takes its
-- place. The answer is whose the key is, and whether the request was the same.
insert into idempotency_keys as known (organization_id, username, account_id, key, request, export_id, expires)
values (:orgId, :username, :accountNumber, :key, :request, :id, now() + make_interval(secs => :keptSeconds))
on conflict (organization_id, username, account_id, key) do update
set request = case when known.expires > now() then known.request else excluded.request end,
    export_id = case when known.expires > now() then known.export_id else excluded.export_id end,
    expires = case when known.expires > now() then known.expires else excluded.expires end
returning export_id, request = :request as same_request
