-- Refreshes a node's lease, or begins one; one that has ended is never refreshed.
-- KEYS: leases, the last fence. ARGV: clock, node, lease or nothing, ms.
-- Returns the server's replication id, the lease or nothing when it has ended, then the leases that
--   have ended.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
local server = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local lease = ARGV[3]
if lease == '' then
  lease = ARGV[2] .. '-' .. string.format('%.0f', redis.call('INCR', KEYS[2]))
else
  local ends = redis.call('ZSCORE', KEYS[1], lease)
  if not ends or tonumber(ends) < now then
    lease = ''
  end
end
if lease ~= '' then
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + tonumber(ARGV[4])), lease)
end
local answer = {server, lease}
for _, ended in ipairs(
    redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now))) do
  answer[#answer + 1] = ended
end
return answer
