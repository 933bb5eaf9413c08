-- Entries of a window, oldest first.
-- KEYS: base. ARGV: clock, messages kept, ms kept, f or b, seq to begin with, most entries.
local base = KEYS[1]
local length, index = kept(base, tonumber(ARGV[2]), tonumber(ARGV[3]))
if index == length then
  return {}
end
local oldest = redis.call('LINDEX', base .. ':w', 0)
local first = #oldest < 8 and (redis.call('HGET', base .. ':h', 'n') or 0) + 1 - length
    or struct.unpack('>I8', oldest)
local at, most = tonumber(ARGV[5]) - first, tonumber(ARGV[6])
local from, to
if ARGV[4] == 'f' then
  from = math.max(at, index)
  to = math.min(from + most, length) - 1
else
  to = math.min(at, length - 1)
  from = math.max(index, to - most + 1)
end
if from > to then
  return {}
end
return redis.call('LRANGE', base .. ':w', from, to)
