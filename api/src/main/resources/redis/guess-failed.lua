-- An address failed to authenticate once more, on whatever node.
-- KEYS: the trail of addresses that wait, the number of its last entry, the address.
-- ARGV: failures allowed in a minute, the address's name. The same sums as in Attempts:
--   r what counts of its failures still, at when, d delays so far, w the last of them; microseconds.
-- Returns for how many microseconds it has to wait.
local MINUTE = 60000000
local FIRST_DELAY = 1000000
local MAX_DOUBLINGS = 10
local MAX_ENTRIES = 10000
local FORGOTTEN_MILLIS = 3600000

local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
local minute = tonumber(ARGV[1])
local known = redis.call('HMGET', KEYS[3], 'r', 'at', 'd', 'w')
local recent = tonumber(known[1] or '0')
local delays = tonumber(known[3] or '0')
local delay = tonumber(known[4] or '0')
local elapsed = known[2] and math.max(0, now - tonumber(known[2])) or 0
if elapsed > delay + math.max(delay, MINUTE) then
  delays = 0
end
recent = 1 + math.max(0, recent - elapsed * minute / MINUTE)
delay = 0
if delays > 0 or recent > minute - 1 then
  delay = FIRST_DELAY * 2 ^ math.min(MAX_DOUBLINGS, delays)
  delays = delays + 1
end
redis.call('HSET', KEYS[3], 'r', string.format('%.6f', recent), 'at', string.format('%.0f', now),
  'd', string.format('%.0f', delays), 'w', string.format('%.0f', delay))
redis.call('PEXPIRE', KEYS[3], FORGOTTEN_MILLIS)
if delay > 0 then
  redis.call('RPUSH', KEYS[1], ARGV[2] .. ' ' .. string.format('%.0f', now + delay))
  redis.call('LTRIM', KEYS[1], -MAX_ENTRIES, -1)
  redis.call('INCR', KEYS[2])
  redis.call('PEXPIRE', KEYS[1], FORGOTTEN_MILLIS)
end
return delay
