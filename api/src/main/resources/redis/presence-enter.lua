-- Puts a member in, or gives it other data and another owner.
-- KEYS: base, due, trail, its number, nodes.
-- ARGV: clock, fan-out, member key, owner, data or nothing, most members, mode, channel. The mode is 1
--   to update only, 2 to put in again: then a member that another session has stays its, unless that
--   is known to be an older one. What a later session of the connection has stays its in any mode.
-- Returns 0 when it is in, 1 when there are too many, 2 when it is to be updated and is not in; and
--   how many there are.
local base, field, owner = KEYS[1], ARGV[3], ARGV[4]
local value = redis.call('HGET', base .. ':m', field)
if not value then
  local members = redis.call('HLEN', base .. ':m')
  if ARGV[7] == '1' then
    return {2, members}
  elseif members >= tonumber(ARGV[6]) then
    return {1, members}
  end
end
local before, data
if value then
  before, data = parts(value)
  local again = ARGV[7] == '2' and not sameSession(before, owner)
  if isLater(before, owner) or (again and not isLater(owner, before)) then
    return {0, redis.call('HLEN', base .. ':m')}
  end
  count(KEYS[5], before, base, -1)
end
count(KEYS[5], owner, base, 1)
redis.call('HSET', base .. ':m', field, owner .. '\0' .. ARGV[5])
redis.call('HSET', base .. ':p', 'c', ARGV[8])
redis.call('ZREM', KEYS[2], base .. '\0' .. field)
if data ~= ARGV[5] then
  changed(base, KEYS[3], KEYS[4])
end
return {0, redis.call('HLEN', base .. ':m')}
