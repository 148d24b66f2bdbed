-- Claims the next calls of an extension: the first unfinished one of each export, so that calls stay in order, for hooks for
-- which this replica has a route.
update hook_calls
set attempts = attempts + 1, due = now() + make_interval(secs => :leaseSeconds)
where id = any(array(
    select id
    from hook_calls call
    where extension = :extension and hook = any(:hooks) and due <= now() and given_up is null
      and not exists (
          select from hook_calls earlier
          where earlier.export_id = call.export_id and earlier.extension = call.extension and earlier.id < call.id
            and earlier.hook = any(:hooks) and earlier.given_up is null)
    order by due, id
    limit :limit
    for update skip locked
))
returning id, call_id, hook, extension, export_id, body, attempts
