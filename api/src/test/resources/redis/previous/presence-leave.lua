-- Takes a session's member out: now, or after a grace.
-- KEYS: base, due, trail, its number, nodes. ARGV: clock, fan-out, member key, owner, grace in ms.
local base, field = KEYS[1], ARGV[3]
local value = redis.call('HGET', base .. ':m', field)
local owner = value and parts(value)
if not value or not sameSession(owner, ARGV[4]) then
  return 0
end
if ARGV[5] == '0' then
  remove(base, field, KEYS[2], KEYS[3], KEYS[4], KEYS[5])
else
  redis.call('ZADD', KEYS[2], text(now() + tonumber(ARGV[5])), base .. '\0' .. field)
end
return 1
