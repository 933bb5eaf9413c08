-- Takes out the members of a lease that has ended: whoever was to come back is another's now.
-- KEYS: due, trail, its number, nodes. ARGV: clock, fan-out, lease, most members at once.
-- Returns how many members are gone; as many as most: there may be more.
local reaped = 0
local key = KEYS[4] .. ARGV[3]
for _, base in ipairs(redis.call('HKEYS', key)) do
  local all = redis.call('HGETALL', base .. ':m')
  local found = false
  for i = 1, #all, 2 do
    local owner = parts(all[i + 1])
    if leaseOf(owner) == ARGV[3] then
      found = true
      remove(base, all[i], KEYS[1], KEYS[2], KEYS[3], KEYS[4])
      reaped = reaped + 1
      if reaped >= tonumber(ARGV[4]) then
        return reaped
      end
    end
  end
  if not found then
    redis.call('HDEL', key, base)
  end
end
return reaped
