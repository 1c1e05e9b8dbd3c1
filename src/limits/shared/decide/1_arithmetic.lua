-- Decides rate limits in Redis or Valkey: limits/shared/decide_script.h says what goes in and comes out.
-- The files of this folder are one program, in the order of their names.

local fmod, floor, max, min = math.fmod, math.floor, math.max, math.min
local spread = unpack
local pack, unpack = struct.pack, struct.unpack
local EXACT, NEVER = 9007199254740992, -1

local now, given = tonumber(ARGV[1]), ARGV[1] ~= ''
if not given then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- a / b of integers, rounded down and up. Lua's own division and % may be off by one near 2^53.
local function down(a, b) return (a - fmod(a, b)) / b end
local function up(a, b)
  local rest = fmod(a, b)
  if rest > 0 then return (a - rest) / b + 1 end
  return (a - rest) / b
end

-- a * b / c rounded down, and what remains, for c below 2^52, where a * b may be above 2^53: a bit
-- of a at a time.
local function share(a, b, c)
  local product = a * b
  if product < EXACT then
    local rest = fmod(product, c)
    return (product - rest) / c, rest
  end
  local whole, step = a * down(b, c), fmod(b, c)
  local quotient, rest, bit = 0, 0, 1
  while bit * 2 <= a do bit = bit * 2 end
  while bit >= 1 do
    quotient, rest = quotient * 2, rest * 2
    if rest >= c then quotient, rest = quotient + 1, rest - c end
    if a >= bit then
      a, rest = a - bit, rest + step
      if rest >= c then quotient, rest = quotient + 1, rest - c end
    end
    bit = bit / 2
  end
  return whole + quotient, rest
end

-- How long a state is kept: not shorter than it matters, in whole milliseconds.
local function lifetime(micros) return up(micros, 1000) + 1 end
local function keep(key, state, micros)
  if given then
    redis.call('SET', key, state)
  else
    redis.call('SET', key, state, 'PX', lifetime(micros))
  end
end
