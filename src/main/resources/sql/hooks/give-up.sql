-- Keeps the call for operators, who may have it made after all. forget.sql deletes it later.
update hook_calls set given_up = :reason, due = now() where id = :id
