delete from reports where expires_at < now() returning id
