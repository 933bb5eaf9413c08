-- What the scripts of presence share. A channel is two keys of its partition; `base` is what their
-- names begin with:
--   base:m  hash    member key (clientId, NUL, connectionId) -> owner, NUL, data
--   base:p  hash    v version, c the channel as text
-- and of each partition:
--   due     zset    base, NUL, member key -> when it leaves unless its client comes back, ms
--   trail   list    channels that changed lately, as text; its last entry's number is in `count`
--   nodes   prefix  of one hash for each lease: base -> how many members there are the lease's
-- An owner is node, "-", fence, ".", session: the lease is what stands before the last dot. From 2^40
--   a session tells how often its connection had gone on, plus 1; 0 is an older release's.
-- Every number is decimal text. ARGV[1] is added to the server's clock, ARGV[2] fans out.

local TRAIL = 4096
local EMPTY_MILLIS = 86400000

local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
end

-- A server that was restarted, promoted or loaded from a copy has another one.
local function replid()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end

local function text(number)
  return string.format('%.0f', number)
end

local function parts(value)
  local at = string.find(value, '\0', 1, true)
  return string.sub(value, 1, at - 1), string.sub(value, at + 1)
end

local function leaseOf(owner)
  return string.match(owner, '^(.*)%.')
end

-- Whether both are the same session's, whatever its node's lease was then.
local function sameSession(one, other)
  local node, session = string.match(one, '^(.*)%-%d+(%.%d+)$')
  local otherNode, otherSession = string.match(other, '^(.*)%-%d+(%.%d+)$')
  return node == otherNode and session == otherSession
end

-- Whether both tell, and the one has the connection later than the other.
local function isLater(one, other)
  local turn = math.floor(tonumber(string.match(one, '%d+$')) / 1099511627776)
  local before = math.floor(tonumber(string.match(other, '%d+$')) / 1099511627776)
  return before > 0 and turn > before
end

local function count(nodes, owner, base, by)
  local key = nodes .. leaseOf(owner)
  if redis.call('HINCRBY', key, base, by) <= 0 then
    redis.call('HDEL', key, base)
  end
end

-- Versions are about the time in ms, so that they rise even where everything was lost.
local function changed(base, trail, number)
  local v = redis.call('HGET', base .. ':p', 'v')
  redis.call('HSET', base .. ':p', 'v', text(math.max(now(), v and tonumber(v) + 1 or 0)))
  if redis.call('EXISTS', base .. ':m') == 1 then
    redis.call('PERSIST', base .. ':p')
  else
    redis.call('PEXPIRE', base .. ':p', EMPTY_MILLIS)
  end
  redis.call('RPUSH', trail, redis.call('HGET', base .. ':p', 'c') or '')
  redis.call('LTRIM', trail, -TRAIL, -1)
  redis.call('INCR', number)
  redis.call(ARGV[2], base, '\1\3' .. string.rep('\0', 9))
end

local function remove(base, field, due, trail, number, nodes)
  local value = redis.call('HGET', base .. ':m', field)
  redis.call('ZREM', due, base .. '\0' .. field)
  if value then
    redis.call('HDEL', base .. ':m', field)
    local owner = parts(value)
    count(nodes, owner, base, -1)
    changed(base, trail, number)
  end
end
