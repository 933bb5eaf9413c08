-- Lends what nodes share of limits: tokens of buckets, places of tallies, many in one call.
-- KEYS: the partition's birth, then a bucket or tally for each wish. ARGV: clock in ms, node, whether
--   the node knows this partition, ms that tokens and places in hand count for, then for each wish
--   't' per second, burst, need, ahead, held, back, owed
--   'p' most, in use, need, want, and three that mean nothing.
-- A bucket is a hash: t tokens, at microseconds, and for each node what is in hand and until when.
--   t and all that is in hand are never more than the burst. A tally has the nodes only.
-- Returns for each wish two texts: granted and left; or this node's places and those of others.
local micros = redis.call('TIME')
micros = micros[1] * 1000000 + micros[2] + tonumber(ARGV[1]) * 1000
local node = 'n:' .. ARGV[2]
local known = ARGV[3] == '1'
local tokensMicros = tonumber(ARGV[4]) * 1000
local placesMicros = tonumber(ARGV[5]) * 1000
local ROUNDING = 0.000001

-- A bucket whose rate is nothing never fills up; it is forgotten after a day.
local NEVER_FULL_MILLIS = 86400000

-- For so long after a birth in the middle of things what nodes owe is what the server did not have.
local SETTLED = 5000000

local function whole(number)
  return string.format('%.0f', number)
end

-- A server that lost its memory, or is another, does not know what was spent: what nodes that live
-- have used buckets of begins anew empty, and not full. Before any node was there it was full.
local server = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local birth = redis.call('HMGET', KEYS[1], 's', 'at')
local born = tonumber(birth[2] or '0')
if birth[1] ~= server or born > micros then
  born = known and micros or 0
  redis.call('HSET', KEYS[1], 's', server, 'at', whole(born))
end

-- What the other nodes have, without those that were not heard of; and all other fields.
local function read(key)
  local fields = {}
  local others = 0
  local flat = redis.call('HGETALL', key)
  for i = 1, #flat, 2 do
    local name = flat[i]
    if string.sub(name, 1, 2) == 'n:' then
      local many, till = string.match(flat[i + 1], '(%S+) (%S+)')
      if tonumber(till) < micros then
        redis.call('HDEL', key, name)
      elseif name ~= node then
        others = others + tonumber(many)
      end
    else
      fields[name] = tonumber(flat[i + 1])
    end
  end
  return others, fields
end

local function write(key, many, millis)
  if many > 0 then
    redis.call('HSET', key, node, whole(many) .. ' ' .. whole(micros + millis))
  else
    redis.call('HDEL', key, node)
  end
end

local function tokens(key, at)
  local rate, burst = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local need, ahead = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local held, back = tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  local owed = tonumber(ARGV[at + 6])
  local others, bucket = read(key)
  local t
  if not bucket.at or bucket.at < born then
    t = born == 0 and burst or rate * (micros - born) / 1000000
  else
    t = bucket.t + rate * math.max(0, micros - bucket.at) / 1000000
  end
  t = math.min(t + back, math.max(0, burst - others - held))
  if born == 0 or micros - born > SETTLED then
    t = math.max(t - owed, -burst)
  end
  local there = math.max(0, math.floor(t + ROUNDING))
  local needed = math.min(need, there)
  there = there - needed
  -- Nobody takes far more than its share while others may come.
  local most = math.max(1, math.floor(rate / 5), math.floor(there / 4))
  local more = math.min(ahead, most, there)
  t = t - needed - more
  redis.call('HSET', key, 't', string.format('%.6f', t), 'at', whole(micros))
  write(key, held + more, tokensMicros)
  local full = rate > 0 and (burst - t) / rate * 1000 or NEVER_FULL_MILLIS
  redis.call('PEXPIRE', key, whole(full + tokensMicros / 1000 + 1000))
  return needed + more, string.format('%.6f', t)
end

local function places(key, at)
  local most, inUse = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local need, want = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local others = read(key)
  local room = math.max(0, most - others)
  local needed = math.max(inUse, math.min(need, room))
  local ahead = math.max(0, math.min(want - need, math.floor((room - needed) / 4)))
  write(key, needed + ahead, placesMicros)
  redis.call('PEXPIRE', key, whole(placesMicros / 1000 + 1000))
  return needed + ahead, whole(others)
end

local answer = {}
for i = 2, #KEYS do
  local at = 6 + (i - 2) * 8
  local granted, rest
  if ARGV[at] == 't' then
    granted, rest = tokens(KEYS[i], at + 1)
  else
    granted, rest = places(KEYS[i], at + 1)
  end
  answer[#answer + 1] = whole(granted)
  answer[#answer + 1] = rest
end
return answer
