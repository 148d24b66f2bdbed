-- Kept for whoever wants to know, or to have it called after all; forget.sql takes it when it is old.
update hook_calls set given_up = :reason, due = now() where id = :id
