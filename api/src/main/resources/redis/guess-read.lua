-- Addresses that were made to wait since an entry of the trail. KEYS: the trail, the number of its
-- last entry. ARGV: the number of the last entry known, or -1 for all there are.
-- Returns the number of the last entry, then for each who waits still its name and microseconds.
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local known = tonumber(ARGV[1])
local answer = {string.format('%.0f', last)}
if known == last then
  return answer
end
local from = (known < 0 or known > last) and 0 or -(last - known)
for _, entry in ipairs(redis.call('LRANGE', KEYS[1], from, -1)) do
  local name, till = string.match(entry, '(%S+) (%S+)')
  local left = tonumber(till) - now
  if left > 0 then
    answer[#answer + 1] = name
    answer[#answer + 1] = string.format('%.0f', left)
  end
end
return answer
