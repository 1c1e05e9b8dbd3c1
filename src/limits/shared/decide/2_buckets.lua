-- Each algorithm is a table of three functions, as its class in limits/ has them. load(ask) reads the
-- key's state into the ask, brought to the present; look(ask, cost) returns whether it is allowed, what
-- remains, and how long to wait, to try again and to the reset, in microseconds rounded up;
-- charge(ask, cost) writes. ask.a, ask.b and ask.c are the rule's numbers (limits/shared/shared_rule.h).

local bucket = {}
function bucket.load(ask)
  local parts, at = 0, 0
  local kept = redis.call('GET', ask.key)
  if kept then parts, at = unpack('<dd', kept) end
  if now > at then
    parts = max(0, parts - (now - at) * ask.c)
    at = now
  end
  ask.parts, ask.at = parts, at
end
function bucket.look(ask, cost)
  local unit, late = ask.b, ask.at - now
  local empty = late + up(ask.parts, ask.c)
  if cost > 0 and (cost > ask.a or ask.parts > unit * (ask.a - cost)) then
    local again = NEVER
    if cost <= ask.a then again = late + up(ask.parts - unit * (ask.a - cost), ask.c) end
    return false, down(max(0, unit * ask.a - ask.parts), unit), 0, again, empty
  end
  local charged = ask.parts + unit * cost
  return true, down(max(0, unit * ask.a - charged), unit), 0, 0, late + up(charged, ask.c)
end
function bucket.charge(ask, cost)
  ask.parts = ask.parts + ask.b * cost
  keep(ask.key, pack('<dd', ask.parts, ask.at), ask.at - now + up(ask.parts, ask.c))
end

local queue = {load = bucket.load, charge = bucket.charge}
function queue.look(ask, cost)
  local allowed, remaining, wait, again, resets = bucket.look(ask, cost)
  if allowed then wait = ask.at - now + up(ask.parts, ask.c) end
  return allowed, remaining, wait, again, resets
end

-- The theoretical arrival time in nanoseconds is above 2^53: microseconds and the rest.
local gcra = {}
function gcra.load(ask)
  ask.due, ask.rest = now, 0
  local kept = redis.call('GET', ask.key)
  if kept then
    local due, rest = unpack('<dd', kept)
    if due >= now then ask.due, ask.rest = due, rest end
  end
end
function gcra.look(ask, cost)
  local late, interval = ask.due - now, ask.b
  local ahead, tolerance = late * 1000 + ask.rest, ask.a * interval
  if cost > 0 and (cost > ask.a or ahead > tolerance - cost * interval) then
    local again, remaining = NEVER, 0
    if cost <= ask.a then
      again = max(0, late + up(ask.rest - (tolerance - cost * interval), 1000))
    end
    if ahead < tolerance then remaining = down(tolerance - ahead, interval) end
    return false, remaining, 0, again, late + up(ask.rest, 1000)
  end
  local charged, remaining = ahead + cost * interval, 0
  if charged < tolerance then remaining = down(tolerance - charged, interval) end
  return true, remaining, 0, 0, late + up(ask.rest + cost * interval, 1000)
end
function gcra.charge(ask, cost)
  local rest = ask.rest + cost * ask.b
  ask.due, ask.rest = ask.due + down(rest, 1000), fmod(rest, 1000)
  keep(ask.key, pack('<dd', ask.due, ask.rest), ask.due - now + 1)
end
