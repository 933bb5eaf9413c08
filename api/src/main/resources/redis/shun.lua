-- An unknown channel leaves a class. KEYS: base. ARGV: clock, lw or ln, ms that it is remembered.
-- Returns 1 when it is not of that class, 0 when it is.
local h = redis.call('HMGET', KEYS[1] .. ':h', 'n', 'k')
if h[1] then
  return h[2] and h[2] ~= ARGV[2] and 1 or 0
end
leave(KEYS[1], ARGV[2], tonumber(ARGV[3]))
return 1
