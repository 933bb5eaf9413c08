-- Takes out who did not come back, and tells what has changed.
-- KEYS: due, trail, its number, nodes.
-- ARGV: clock, fan-out, the number of the last entry known or -1 to begin here, 1 to take out.
-- Returns replication id, the number of the last entry, then the entries; none when some of them are
--   gone.
local AT_ONCE = 500
if ARGV[4] == '1' then
  local entries =
      redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(now()), 'LIMIT', '0', text(AT_ONCE))
  for _, entry in ipairs(entries) do
    local base, field = parts(entry)
    remove(base, field, KEYS[1], KEYS[2], KEYS[3], KEYS[4])
  end
end
local last = tonumber(redis.call('GET', KEYS[3]) or '0')
local known = tonumber(ARGV[3])
local answer = {replid(), text(last)}
if known >= 0 and known < last and last - known <= redis.call('LLEN', KEYS[2]) then
  for _, entry in ipairs(redis.call('LRANGE', KEYS[2], -(last - known), -1)) do
    answer[#answer + 1] = entry
  end
end
return answer
