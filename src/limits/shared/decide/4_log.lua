-- A log is a string of pairs: the first one that counts and the total before it; then a moment and the
-- total with it, for each moment. Totals wrap at 2^52.
local PAIR, HEAD, WRAP = 16, 2064, 4503599627370496
local log = {}
local function log_entry(ask, index)
  local from = PAIR * (index + 1)
  if from + PAIR <= #ask.head then return unpack('<dd', ask.head, from + 1) end
  return unpack('<dd', redis.call('GETRANGE', ask.key, from, from + PAIR - 1))
end
-- The first from `from` on that `passes` does not say of.
local function log_search(ask, from, passes)
  local to = ask.count
  while from < to do
    local middle = floor((from + to) / 2)
    local at, total = log_entry(ask, middle)
    if passes(at, total) then from = middle + 1 else to = middle end
  end
  return from
end
local function log_between(before, total)
  return total >= before and total - before or total - before + WRAP
end
function log.load(ask)
  ask.head = redis.call('GETRANGE', ask.key, 0, HEAD - 1)
  ask.first, ask.base, ask.count, ask.used = 0, 0, 0, 0
  local size = #ask.head
  if size > 0 then
    ask.first, ask.base = unpack('<dd', ask.head)
    if size == HEAD then size = redis.call('STRLEN', ask.key) end
    ask.count = size / PAIR - 1
  end
  ask.live, ask.before = ask.first, ask.base
  if ask.count == 0 then return end
  ask.last, ask.total = log_entry(ask, ask.count - 1)
  local over = max(now, ask.last) - ask.b
  if log_entry(ask, ask.first) <= over then
    ask.live = log_search(ask, ask.first + 1, function(at) return at <= over end)
    local at, total = log_entry(ask, ask.live - 1)
    ask.before = total
  end
  if ask.live < ask.count then ask.used = log_between(ask.before, ask.total) end
end
function log.look(ask, cost)
  local empty = ask.live == ask.count
  local resets = empty and 0 or ask.last + ask.b - now
  local room = max(0, ask.a - ask.used)
  if cost <= room then
    if cost > 0 then resets = (empty and now or max(now, ask.last)) - now + ask.b end
    return true, room - cost, 0, 0, resets
  end
  local again = NEVER
  if cost <= ask.a then
    local index = log_search(ask, ask.live, function(at, total)
      return log_between(total, ask.total) > ask.a - cost
    end)
    again = max(0, log_entry(ask, index) + ask.b - now)
  end
  return false, room, 0, again, resets
end
function log.charge(ask, cost)
  local key = ask.key
  if ask.live == ask.count then
    keep(key, pack('<dddd', 0, 0, now, cost), ask.b)
    return
  end
  local at, same = max(now, ask.last), now <= ask.last
  local entry = pack('<dd', at, fmod(ask.total + cost, WRAP))
  if ask.live > ask.count / 2 then
    local rest = redis.call('GETRANGE', key, PAIR * (ask.live + 1), -1)
    if same then rest = string.sub(rest, 1, -PAIR - 1) end
    keep(key, pack('<dd', 0, ask.before) .. rest .. entry, at + ask.b - now)
    return
  end
  if ask.live > ask.first then
    redis.call('SETRANGE', key, 0, pack('<dd', ask.live, ask.before))
  end
  redis.call('SETRANGE', key, PAIR * (ask.count + (same and 0 or 1)), entry)
  if not given then redis.call('PEXPIRE', key, lifetime(at + ask.b - now)) end
end
