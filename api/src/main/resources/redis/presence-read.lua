-- A channel's members, or only its version when that is known.
-- KEYS: base. ARGV: clock, fan-out, 1 for the version only.
-- Returns replication id, version, then member keys and values in turn.
local base = KEYS[1]
local v = redis.call('HGET', base .. ':p', 'v') or text(now())
local answer = {replid(), v}
if ARGV[3] ~= '1' then
  for _, part in ipairs(redis.call('HGETALL', base .. ':m')) do
    answer[#answer + 1] = part
  end
end
return answer
