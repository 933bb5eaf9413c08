-- What nodes tell each other, in one order for all: connections that went on, channels let in.
-- KEYS: a list of node, blank, what is told; the number of its last entry.
-- ARGV: node, the number of the last entry known or -1 to begin here, most entries kept, then what
--   it tells.
-- Returns the number of the last entry, then what other nodes have told behind the known one, oldest
--   first, but for what is gone.
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local known = tonumber(ARGV[2])
local answer = {''}
if known >= 0 and known ~= last then
  -- A server that went back to an older state counts from less: all it has is taken for news.
  local many = known < last and last - known or tonumber(ARGV[3])
  local own = ARGV[1] .. ' '
  for _, entry in ipairs(redis.call('LRANGE', KEYS[1], string.format('%.0f', -many), -1)) do
    if string.sub(entry, 1, #own) ~= own then
      answer[#answer + 1] = string.sub(entry, string.find(entry, ' ', 1, true) + 1)
    end
  end
end
for i = 4, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[1] .. ' ' .. ARGV[i])
end
if #ARGV > 3 then
  if last == 0 then
    -- Above whatever was counted before all was lost, and by more than is kept: readers notice.
    local t = redis.call('TIME')
    redis.call('SET', KEYS[2], string.format('%.0f', t[1] * 1000000 + t[2]))
  end
  last = redis.call('INCRBY', KEYS[2], #ARGV - 3)
  redis.call('LTRIM', KEYS[1], '-' .. ARGV[3], -1)
end
answer[1] = string.format('%.0f', last)
return answer
