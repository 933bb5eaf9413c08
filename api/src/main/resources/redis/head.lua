-- Where a channel ends and how far back it goes.
-- KEYS: base. ARGV: clock, messages kept, ms kept, the epoch to begin or nothing, channel, its list.
-- Returns epochs, first seq, last seq; nothing for a channel that is unknown and may not begin.
local base = KEYS[1]
local messages = tonumber(ARGV[2])
local n, _, epochs = open(base, ARGV[4], ARGV[5], ARGV[6], leftAs(messages))
if not n then
  return false
end
local length, index = kept(base, messages, tonumber(ARGV[3]))
return {epochs, string.format('%.0f', n + 1 - (length - index)), string.format('%.0f', n)}
