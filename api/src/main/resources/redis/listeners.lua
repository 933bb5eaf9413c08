-- Which apps' logs are listened to, on whichever node.
-- KEYS: a sorted set of apps by the second until which that is known.
-- ARGV: for how many seconds what is told holds, then the apps with listeners on this node.
-- Returns the apps with listeners anywhere.
local now = tonumber(redis.call('TIME')[1])
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
-- A log that nobody hears costs its node; so many listened to at a time are no debugging.
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1001)
redis.call('EXPIRE', KEYS[1], 60)
return redis.call('ZRANGE', KEYS[1], 0, -1)
