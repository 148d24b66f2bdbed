-- Adds a call for each extension that subscribes to the hook. No call if the export does not exist: it was not created.
insert into hook_calls (hook, extension, export_id, body)
select hook, extension, e.id, hook_body(hook, e, :sourceId)
from hook_subscriptions
join export_payloads e on e.id = :exportId
where hook = :hook
