-- Forgets a channel, but not that it was left. KEYS: base. ARGV: clock.
local base = KEYS[1]
local h = redis.call('HMGET', base .. ':h', 'x', 'c', 'lw', 'ln')
if h[1] then
  redis.call('ZREM', h[1], h[2] .. '\0' .. base)
end
local gone = redis.call('DEL', base .. ':h', base .. ':w', base .. ':i', base .. ':o')
if isLeft(h[3]) then
  leave(base, 'lw', h[3] - now())
end
if isLeft(h[4]) then
  leave(base, 'ln', h[4] - now())
end
return gone
