-- The leases that have not ended. KEYS: leases. ARGV: clock.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], string.format('%.0f', now), '+inf')
