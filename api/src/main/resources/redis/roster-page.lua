-- What one node has of one app, by name.
-- KEYS: index, values. ARGV: prefix, where it begins as ZRANGEBYLEX has it, most.
-- Returns name, value, ...
local found = {}
for _, name in ipairs(redis.call('ZRANGEBYLEX', KEYS[1], ARGV[2], '+', 'LIMIT', 0, ARGV[3])) do
  if string.sub(name, 1, #ARGV[1]) ~= ARGV[1] then
    break
  end
  local value = redis.call('HGET', KEYS[2], name)
  if value then
    found[#found + 1] = name
    found[#found + 1] = value
  end
end
return found
