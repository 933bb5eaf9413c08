-- Ends a channel's epoch and forgets its messages and ids.
-- KEYS: base, the trail of the partition, the number of its last entry. ARGV: clock, the epoch to
--   begin, channel, its list, the least last seq, the only epoch to end or nothing, entries the
--   trail keeps.
-- Returns the first seq of the epoch.
local base = KEYS[1]
local n, _, epochs, begun = open(base, ARGV[2], ARGV[3], ARGV[4])
local list = words(epochs)
if ARGV[6] ~= '' and list[#list - 1] ~= ARGV[6] then
  return list[#list]
end
local floor = math.max(n, tonumber(ARGV[5]))
redis.call('DEL', base .. ':w', base .. ':i', base .. ':o')
if begun then
  -- It began just now, with this epoch: only its first seq is another.
  list[#list] = nil
  list[#list] = nil
  epochs = table.concat(list, ' ')
end
renew(base, epochs, floor, ARGV[2], replid())
live(base, UNUSED_MILLIS)
trace(KEYS[2], KEYS[3], floor, ARGV[2], ARGV[3], ARGV[7])
return string.format('%.0f', floor + 1)
