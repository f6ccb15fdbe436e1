-- Sends the octets of a file, which hold one request or several in a row, and prints what the harness wants to know.

local octets

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    octets = file:read("*a")
    file:close()
end

function request()
    return octets
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, failed, latency:percentile(99)))
end
