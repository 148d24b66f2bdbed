-- Enters a call for each extension that wants to know. An export that is not there has not been created after all.
insert into hook_calls (hook, extension, export_id, body)
select hook, extension, e.id, hook_body(hook, e, :sourceId)
from hook_subscriptions
join export_payloads e on e.id = :exportId
where hook = :hook
