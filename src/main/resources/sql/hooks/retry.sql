update hook_calls set due = now() + make_interval(secs => :pauseSeconds) where id = :id
