-- Requests for wrk: wrk ... -s requests.lua URL -- THREADS METHOD PATHS BODY [NAME VALUE]...
-- PATHS is a file with one path a line; thread k of n takes lines k, k + n, ... and starts over at the end. BODY is a
-- file or "-". Prints one line that the harness reads: requests, microseconds (in all, median, 99 %), errors.

local started = 0

function setup(thread)
    thread:set("index", started)
    started = started + 1
end

function init(args)
    local threads, method, paths, file = tonumber(args[1]), args[2], args[3], args[4]
    local headers, body = {}, nil
    for i = 5, #args, 2 do headers[args[i]] = args[i + 1] end
    if file ~= "-" then
        local input = assert(io.open(file, "rb"))
        body = input:read("*a")
        input:close()
    end
    local mine, line = {}, 0
    for path in io.lines(paths) do
        if line % threads == index then mine[#mine + 1] = path end
        line = line + 1
    end
    local next = 0
    local only = #mine == 1 and wrk.format(method, mine[1], headers, body)
    request = function()
        if only then return only end
        next = next % #mine + 1
        return wrk.format(method, mine[next], headers, body)
    end
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("measured %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
        latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
