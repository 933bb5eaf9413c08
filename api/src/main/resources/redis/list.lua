-- Channels of one app in one partition, by name; those that have expired are taken off.
-- KEYS: the list. ARGV: clock, least name, prefix, most.
local found = {}
local from = '[' .. ARGV[2]
local most = tonumber(ARGV[4])
while #found < most do
  local page = redis.call('ZRANGEBYLEX', KEYS[1], from, '+', 'LIMIT', 0, most)
  for _, entry in ipairs(page) do
    local name, base = string.match(entry, '^(.-)%z(.*)$')
    local bare = string.sub(name, string.find(name, '/', 1, true) + 1)
    if string.sub(bare, 1, #ARGV[3]) ~= ARGV[3] then
      return found
    end
    if redis.call('HEXISTS', base .. ':h', 'n') == 1 then
      found[#found + 1] = bare
    else
      redis.call('ZREM', KEYS[1], entry)
    end
    from = '(' .. entry
  end
  if #page < most then
    break
  end
end
return found
