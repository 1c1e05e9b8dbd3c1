local window = {}
function window.load(ask)
  ask.begins, ask.used = now - fmod(now, ask.b), 0
  local kept = redis.call('GET', ask.key)
  if kept then
    local begins, used = unpack('<dd', kept)
    if begins >= ask.begins then ask.begins, ask.used = begins, used end
  end
end
function window.look(ask, cost)
  local room, ends = max(0, ask.a - ask.used), ask.begins + ask.b - now
  if cost > room then
    return false, room, 0, cost > ask.a and NEVER or ends, ask.used == 0 and 0 or ends
  end
  return true, room - cost, 0, 0, ask.used + cost == 0 and 0 or ends
end
function window.charge(ask, cost)
  ask.used = ask.used + cost
  keep(ask.key, pack('<dd', ask.begins, ask.used), ask.begins + ask.b - now)
end

local counter = {}
function counter.load(ask)
  local begins, previous, current = 0, 0, 0
  local kept = redis.call('GET', ask.key)
  if kept then begins, previous, current = unpack('<dI4I4', kept) end
  local present = now - fmod(now, ask.b)
  if present > begins then
    previous = present - begins == ask.b and current or 0
    begins, current = present, 0
  end
  ask.begins, ask.previous, ask.current = begins, previous, current
end
-- How far into a window what `weighed` units still weigh is `room` at most.
local function faded(weighed, room, period)
  if weighed <= room then return 0 end
  return period - (share(room, period, weighed))
end
local function counter_resets(ask, current)
  if current > 0 then return ask.begins + 2 * ask.b - now end
  if ask.previous > 0 then return max(0, ask.begins + ask.b - now) end
  return 0
end
function counter.look(ask, cost)
  local amount, period, current = ask.a, ask.b, ask.current
  local weighs, rest = share(ask.previous, period - max(0, now - ask.begins), period)
  if rest > 0 then weighs = weighs + 1 end
  local room = max(0, amount - current - weighs)
  if cost <= room then return true, room - cost, 0, 0, counter_resets(ask, current + cost) end
  local again = NEVER
  if cost <= amount then
    again = ask.begins - now
    if current + cost <= amount then
      again = again + faded(ask.previous, amount - cost - current, period)
    else
      again = again + period + faded(current, amount - cost, period)
    end
    again = max(0, again)
  end
  return false, room, 0, again, counter_resets(ask, current)
end
function counter.charge(ask, cost)
  ask.current = ask.current + cost
  keep(ask.key, pack('<dI4I4', ask.begins, ask.previous, ask.current),
       counter_resets(ask, ask.current))
end

-- Sub-windows are numbered, because nanoseconds since 1970 are above 2^53.
local COUNTS = 29
local FORMAT = '<d' .. string.rep('I4', COUNTS)
local subwindows = {}
function subwindows.load(ask)
  local present, into = share(1000, now, ask.b)
  local kept = redis.call('GET', ask.key)
  local counts
  if kept then
    counts = {unpack(FORMAT, kept)}
  else
    counts = {0}
    for i = 2, COUNTS + 1 do counts[i] = 0 end
  end
  ask.newest, ask.present, ask.into = max(counts[1], present), present, into
  for number = max(counts[1] + 1, present - COUNTS + 1), present do
    counts[fmod(number, COUNTS) + 2] = 0
  end
  ask.counts, ask.used = counts, 0
  for i = 2, COUNTS + 1 do ask.used = ask.used + counts[i] end
end
-- Microseconds to the end of the sub-window `later` ones after the newest but one.
local function subwindow_ends(ask, later)
  local count, rest = ask.newest - ask.present + later, fmod(ask.b, 1000)
  local nanos = count * rest - fmod(ask.into, 1000)
  return max(0, count * down(ask.b, 1000) - down(ask.into, 1000) + up(nanos, 1000))
end
local function subwindow_count(ask, age)
  return ask.counts[fmod(ask.newest + COUNTS - age, COUNTS) + 2]
end
local function subwindow_resets(ask)
  for age = 0, COUNTS - 1 do
    if subwindow_count(ask, age) > 0 then return subwindow_ends(ask, COUNTS - age) end
  end
  return 0
end
function subwindows.look(ask, cost)
  local room = max(0, ask.a - ask.used)
  if cost <= room then
    local resets = cost > 0 and subwindow_ends(ask, COUNTS) or subwindow_resets(ask)
    return true, room - cost, 0, 0, resets
  end
  local again = NEVER
  if cost <= ask.a then
    local left, age = ask.used, COUNTS
    while left > ask.a - cost do
      age = age - 1
      left = left - subwindow_count(ask, age)
    end
    again = subwindow_ends(ask, COUNTS - age)
  end
  return false, room, 0, again, subwindow_resets(ask)
end
function subwindows.charge(ask, cost)
  local counts = ask.counts
  local i = fmod(ask.newest, COUNTS) + 2
  counts[1], counts[i], ask.used = ask.newest, counts[i] + cost, ask.used + cost
  keep(ask.key, pack(FORMAT, spread(counts, 1, COUNTS + 1)),
       subwindow_ends(ask, COUNTS))
end
