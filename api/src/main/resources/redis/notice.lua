-- How far the commands in PostgreSQL go, and which apps they changed.
-- KEYS: the last number, apps by the number of their last change.
-- ARGV: the last number that is read, most apps, 1 when all of it is void, number, app, ...
-- Returns the last number, then the apps that were changed behind what is read.
local read = tonumber(ARGV[1])
if ARGV[3] == '1' then
  redis.call('DEL', KEYS[1], KEYS[2])
end
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
for i = 4, #ARGV, 2 do
  last = math.max(last, tonumber(ARGV[i]))
  redis.call('ZADD', KEYS[2], 'GT', ARGV[i], ARGV[i + 1])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[2]))
end
last = math.max(last, read)
redis.call('SET', KEYS[1], string.format('%.0f', last))
local answer = {string.format('%.0f', last)}
for _, app in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')) do
  answer[#answer + 1] = app
end
return answer
