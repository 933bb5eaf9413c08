-- What the scripts of the window class share. A channel is four keys with one hash tag; `base` is
-- what their names begin with:
--   base:h  hash    n last seq, t its ms, e epochs ("id first id first ...", oldest first),
--                   r the server's replication id, c the channel as text, x the key that lists it,
--                   k its class (lw or ln; nothing when an older release began it), m the change of
--                   rules that brought it here, with the class;
--                   lw, ln until when (ms) it has left the class of windows, or of what keeps nothing:
--                   as such it is neither published to nor begun. One that is not here, but was, has
--                   nothing else
--   base:w  list    the window: 8 bytes seq, 8 bytes ms, the encoded message; seqs have no hole
--   base:i  hash    message id -> 8 bytes seq, 8 bytes ms, 16 bytes digest
--   base:o  list    the same ids, oldest first
-- Every number that is not packed is decimal text. ARGV[1] is added to the server's clock.

local MAX_EPOCHS = 8
local COUNTER_MILLIS = 86400000
local UNUSED_MILLIS = 600000

-- Both are asked for once: a script runs at one moment, on one server.
local clock, server

local function now()
  if not clock then
    local t = redis.call('TIME')
    clock = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
  end
  return clock
end

-- A server that was restarted, promoted or loaded from a copy has another one: it cannot vouch for
-- what was numbered before.
local function replid()
  server = server or string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
  return server
end

local function words(text)
  local found = {}
  for word in string.gmatch(text, '%S+') do
    found[#found + 1] = word
  end
  return found
end

-- Writes down in the partition's trail where a channel is now.
local function trace(trail, last, n, epoch, name, entries)
  redis.call('RPUSH', trail, string.format('%.0f ', n) .. epoch .. ' ' .. name)
  redis.call('LTRIM', trail, -tonumber(entries), -1)
  redis.call('INCR', last)
end

local function live(base, millis)
  if redis.call('PTTL', base .. ':h') < millis then
    redis.call('PEXPIRE', base .. ':h', millis)
  end
end

local function leave(base, class, millis)
  redis.call('HSET', base .. ':h', class, string.format('%.0f', now() + millis))
  live(base, millis)
end

-- Begins another epoch behind seq n.
local function renew(base, epochs, n, fresh)
  local kept = words(epochs)
  while #kept >= 2 * MAX_EPOCHS do
    table.remove(kept, 1)
    table.remove(kept, 1)
  end
  kept[#kept + 1] = fresh
  kept[#kept + 1] = string.format('%.0f', n + 1)
  epochs = table.concat(kept, ' ')
  redis.call('HSET', base .. ':h', 'n', string.format('%.0f', n), 'e', epochs, 'r', replid())
  return epochs
end

-- Where it is written that a channel which keeps so many messages has left its class.
local function leftAs(messages)
  return messages > 0 and 'lw' or 'ln'
end

-- Whether what stands there is in force.
local function isLeft(value)
  return value and tonumber(value) > now()
end

-- The channel's last seq, ms and epochs, whether an epoch has just begun, and whether it has left the
-- class (lw or ln). No seq when it is unknown and may not begin: `fresh` is empty, or it was left.
local function open(base, fresh, name, listed, class)
  local h = redis.call('HMGET', base .. ':h', 'n', 't', 'e', 'r', class)
  if h[1] then
    local n = tonumber(h[1])
    if h[4] == replid() then
      return n, tonumber(h[2]), h[3], false, isLeft(h[5])
    end
    -- Even a reader is told of it: a position must never stand for two messages.
    local id = fresh ~= '' and fresh or 'r' .. string.sub(replid(), 1, 16)
    return n, tonumber(h[2]), renew(base, h[3], n, id), true, isLeft(h[5])
  end
  if fresh == '' or isLeft(h[5]) then
    return nil
  end
  redis.call('HSET', base .. ':h', 't', '0', 'c', name, 'x', listed, 'k', class)
  redis.call('ZADD', listed, 0, name .. '\0' .. base)
  local epochs = renew(base, '', 0, fresh)
  redis.call('PEXPIRE', base .. ':h', UNUSED_MILLIS)
  return 0, 0, epochs, true
end

local function millisAt(base, index)
  local entry = redis.call('LINDEX', base .. ':w', index)
  -- What is too short to be an entry counts as too old to be kept.
  return entry and (#entry < 16 and 0 or struct.unpack('>I8', entry, 9))
end

-- The index of the first of the window's entries from `low` that is not older.
local function notOlder(base, low, length, millis)
  local high = length
  while low < high do
    local middle = math.floor((low + high) / 2)
    if millisAt(base, middle) < millis then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- The window's length and the index of the first entry that may still be read.
local function kept(base, messages, millis)
  if messages == 0 then
    return 0, 0
  end
  local length = redis.call('LLEN', base .. ':w')
  return length, notOlder(base, math.max(0, length - messages), length, now() - millis)
end
