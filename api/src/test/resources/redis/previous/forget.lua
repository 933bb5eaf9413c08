-- Forgets a channel. KEYS: base. ARGV: clock.
local base = KEYS[1]
local h = redis.call('HMGET', base .. ':h', 'x', 'c')
if h[1] then
  redis.call('ZREM', h[1], h[2] .. '\0' .. base)
end
return redis.call('DEL', base .. ':h', base .. ':w', base .. ':i', base .. ':o')
