-- A channel leaves a class. KEYS: base. ARGV: clock, lw or ln, ms that it is remembered.
-- Returns its last seq, or nothing when it is unknown.
leave(KEYS[1], ARGV[2], tonumber(ARGV[3]))
return redis.call('HGET', KEYS[1] .. ':h', 'n')
