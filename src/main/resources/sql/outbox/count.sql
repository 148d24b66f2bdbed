select count(*) filter (where refused is null) as waiting, count(*) filter (where refused is not null) as refused
from outbox
