-- Numbers, keeps and fans out units of one partition, each all or nothing.
-- KEYS: the trail of the partition, the number of its last entry, then the base of each unit.
-- ARGV: clock, PUBLISH or SPUBLISH, entries the trail keeps, then for each unit: messages kept, ms
--   kept, the epoch to begin when one has to, channel, its list, drafts; for each draft: message id
--   or nothing, digest, encoded message.
-- Returns for each unit: epoch, ms, and a seq for each draft, negative when its id was known; or
--   the number of the draft whose id is another message's; or 0 when the channel has left the class.

local ID_MILLIS = 120000
local MAX_IDS = 10000
local SERVER = string.rep('\0', 8)

local arg = 3
local function argument()
  arg = arg + 1
  return ARGV[arg]
end

local function forgetIds(base, millis)
  local count = redis.call('LLEN', base .. ':o')
  while count > 0 do
    local id = redis.call('LINDEX', base .. ':o', 0)
    local seen = redis.call('HGET', base .. ':i', id)
    if seen and count <= MAX_IDS and millis - struct.unpack('>I8', seen, 9) <= ID_MILLIS then
      return
    end
    redis.call('LPOP', base .. ':o')
    redis.call('HDEL', base .. ':i', id)
    count = count - 1
  end
end

local function trim(base, messages, oldest)
  redis.call('LTRIM', base .. ':w', -messages, -1)
  local millis = millisAt(base, 0)
  while millis and millis < oldest do
    redis.call('LPOP', base .. ':w')
    millis = millisAt(base, 0)
  end
end

local function unit(base)
  local messages, millisKept = tonumber(argument()), tonumber(argument())
  local fresh, name, listed, count = argument(), argument(), argument(), tonumber(argument())
  local first = arg
  arg = arg + 3 * count
  local n, last, epochs, begun, left = open(base, fresh, name, listed, leftAs(messages))
  if not n then
    return 0
  end
  local list = words(epochs)
  local epoch = list[#list - 1]
  if begun and #list > 2 then
    redis.call(ARGV[2], base, '\1\2' .. SERVER .. string.char(#epoch) .. epoch
        .. struct.pack('>I8', n + 1) .. '\0')
  end
  if left then
    return 0
  end
  local millis = math.max(now(), last)
  local known = {}
  local remembers = false
  if messages > 0 then
    forgetIds(base, millis)
    for i = 1, count do
      local id = ARGV[first + 3 * i - 2]
      if id ~= '' then
        remembers = true
        local seen = redis.call('HGET', base .. ':i', id)
        if seen then
          if string.sub(seen, 17) ~= ARGV[first + 3 * i - 1] then
            return i
          end
          known[i] = struct.unpack('>I8', seen)
        end
      end
    end
  end
  local answer = {epoch, string.format('%.0f', millis)}
  local out, entries = {}, {}
  for i = 1, count do
    if known[i] then
      answer[#answer + 1] = string.format('-%.0f', known[i])
    else
      n = n + 1
      local id, digest, body = ARGV[first + 3 * i - 2], ARGV[first + 3 * i - 1], ARGV[first + 3 * i]
      local head = struct.pack('>I8I8', n, millis)
      local entry = head .. body
      answer[#answer + 1] = string.format('%.0f', n)
      out[#out + 1] = struct.pack('>I4', #entry)
      out[#out + 1] = entry
      entries[#entries + 1] = entry
      if messages > 0 and id ~= '' then
        redis.call('HSET', base .. ':i', id, head .. digest)
        redis.call('RPUSH', base .. ':o', id)
      end
    end
  end
  if #entries > 0 then
    redis.call('HSET', base .. ':h', 'n', string.format('%.0f', n), 't', answer[2])
    live(base, COUNTER_MILLIS)
    if messages > 0 then
      -- One command for all: each costs its own crossing from Lua, and a line of the append-only file.
      redis.call('RPUSH', base .. ':w', unpack(entries))
      trim(base, messages, millis - millisKept)
      redis.call('PEXPIRE', base .. ':w', millisKept)
      if remembers then
        redis.call('PEXPIRE', base .. ':i', ID_MILLIS)
        redis.call('PEXPIRE', base .. ':o', ID_MILLIS)
      end
    end
    redis.call(ARGV[2], base, '\1\1' .. SERVER .. string.char(#epoch) .. epoch .. table.concat(out))
    trace(KEYS[1], KEYS[2], n, epoch, name, ARGV[3])
  end
  return answer
end

local answers = {}
for i = 3, #KEYS do
  answers[#answers + 1] = unit(KEYS[i])
end
return answers
