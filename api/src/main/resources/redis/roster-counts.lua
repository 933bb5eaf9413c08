-- What one node says of some names, nothing for those it does not have.
-- KEYS: values. ARGV: names.
local found = {}
for i = 1, #ARGV do
  found[i] = redis.call('HGET', KEYS[1], ARGV[i]) or ''
end
return found
