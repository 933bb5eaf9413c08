-- Keeps the counters of channels that have subscribers. KEYS: bases. ARGV: clock, ms.
for _, base in ipairs(KEYS) do
  live(base, tonumber(ARGV[2]))
end
return #KEYS
