-- Writes what has changed of what one node has of one app.
-- KEYS: index, values. ARGV: ms to live, number of arguments that are put, name, value, ..., then
--   names that are taken off.
-- Returns how many names there are.
local last = 2 + tonumber(ARGV[2])
for i = 3, last, 2 do
  redis.call('ZADD', KEYS[1], 0, ARGV[i])
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
for i = last + 1, #ARGV do
  redis.call('ZREM', KEYS[1], ARGV[i])
  redis.call('HDEL', KEYS[2], ARGV[i])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return redis.call('ZCARD', KEYS[1])
