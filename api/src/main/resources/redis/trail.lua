-- What was published in a partition since an entry. KEYS: the trail, the number of its last entry.
-- ARGV: clock, the number of the last entry known, or -1 to begin here.
-- Returns the server's replication id, the number of the last entry, then the entries; an id alone
-- and the number when some of them are gone.
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local known = tonumber(ARGV[2])
local answer = {replid(), string.format('%.0f', last)}
if known < 0 or known >= last then
  return answer
end
local length = redis.call('LLEN', KEYS[1])
if last - known > length then
  return answer
end
for _, entry in ipairs(redis.call('LRANGE', KEYS[1], -(last - known), -1)) do
  answer[#answer + 1] = entry
end
return answer
