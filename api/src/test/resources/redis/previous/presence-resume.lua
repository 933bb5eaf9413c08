-- Makes a member another session's, if it is still there.
-- KEYS: base, due, trail, its number, nodes. ARGV: clock, fan-out, member key, owner.
-- Returns its data; nothing when it is not there.
local base, field = KEYS[1], ARGV[3]
local value = redis.call('HGET', base .. ':m', field)
if not value then
  return false
end
local before, data = parts(value)
count(KEYS[5], before, base, -1)
count(KEYS[5], ARGV[4], base, 1)
redis.call('HSET', base .. ':m', field, ARGV[4] .. '\0' .. data)
redis.call('ZREM', KEYS[2], base .. '\0' .. field)
return data
