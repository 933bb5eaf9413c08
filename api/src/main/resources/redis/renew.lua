-- Ends a channel's epoch and forgets its messages and ids.
-- KEYS: base, the trail of the partition, the number of its last entry. ARGV: clock, the epoch to
--   begin, channel, its list, the least last seq, the only epoch to end or nothing, entries the
--   trail keeps, the class it comes to (lw, ln) or nothing, the change of rules that brings it.
-- Returns the first seq of the epoch and the epoch; nothing when the channel is unknown and was left,
--   or has no such epoch to end.
local base = KEYS[1]
local fresh, only, class = ARGV[2], ARGV[6], ARGV[8]
local brought = ARGV[9] .. ' ' .. class
local h = redis.call('HMGET', base .. ':h', 'n', 'm', 'lw', 'ln')
local isHere = h[1] and class ~= '' and h[2] == brought
if class ~= '' and not isHere then
  redis.call('HDEL', base .. ':h', class)
elseif class == '' and not h[1] and (only ~= '' or isLeft(h[3]) or isLeft(h[4])) then
  return false
end
local n, _, epochs, begun = open(base, fresh, ARGV[3], ARGV[4], class ~= '' and class or 'lw')
local list = words(epochs)
if isHere then
  return {list[#list], list[#list - 1]}
end
if only ~= '' and list[#list - 1] ~= only then
  return false
end
local floor = math.max(n, tonumber(ARGV[5]))
redis.call('DEL', base .. ':w', base .. ':i', base .. ':o')
if begun then
  -- It began just now, with this epoch: only its first seq is another.
  list[#list] = nil
  list[#list] = nil
  epochs = table.concat(list, ' ')
end
renew(base, epochs, floor, fresh, replid())
if class ~= '' then
  redis.call('HSET', base .. ':h', 'k', class, 'm', brought)
end
live(base, UNUSED_MILLIS)
trace(KEYS[2], KEYS[3], floor, fresh, ARGV[3], ARGV[7])
return {string.format('%.0f', floor + 1), fresh}
