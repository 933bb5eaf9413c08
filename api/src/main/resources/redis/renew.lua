-- Ends a channel's epoch and forgets its messages and ids.
-- KEYS: base. ARGV: clock, the epoch to begin, channel, its list, the least last seq.
-- Returns the first seq of the epoch.
local base = KEYS[1]
local n, _, epochs, begun = open(base, ARGV[2], ARGV[3], ARGV[4])
local floor = math.max(n, tonumber(ARGV[5]))
redis.call('DEL', base .. ':w', base .. ':i', base .. ':o')
if begun then
  -- It began just now, with this epoch: only its first seq is another.
  local list = words(epochs)
  list[#list] = nil
  list[#list] = nil
  epochs = table.concat(list, ' ')
end
renew(base, epochs, floor, ARGV[2], replid())
live(base, UNUSED_MILLIS)
return string.format('%.0f', floor + 1)
