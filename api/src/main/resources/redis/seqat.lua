-- The seq of the first kept entry that is not older than a moment; one past the last when none is.
-- KEYS: base. ARGV: clock, messages kept, ms kept, the moment in ms.
local base = KEYS[1]
local n = tonumber(redis.call('HGET', base .. ':h', 'n') or '0')
local length, index = kept(base, tonumber(ARGV[2]), tonumber(ARGV[3]))
local at = notOlder(base, index, length, tonumber(ARGV[4]))
return string.format('%.0f', n + 1 - (length - at))
