delete from hook_calls where id = :id
