-- Keeps the counters of channels that have subscribers. KEYS: bases. ARGV: clock, ms.
for _, base in ipairs(KEYS) do
  -- One that is not here, but was, is not kept.
  if redis.call('HEXISTS', base .. ':h', 'n') == 1 then
    live(base, tonumber(ARGV[2]))
  end
end
return #KEYS
