local algorithms = {
  [0] = bucket, [1] = bucket, [2] = queue, [3] = gcra,
  [4] = window, [5] = log, [6] = counter, [7] = subwindows
}
local answers = {}
local function decide(group)
  -- What earlier asks of the same key cost counts for the later.
  local charges, costs = true, {}
  for _, ask in ipairs(group) do
    ask.before = costs[ask.key]
    costs[ask.key] = (ask.before or 0) + ask.cost
    ask.algorithm.load(ask)
    ask.said = {ask.algorithm.look(ask, costs[ask.key])}
    charges = charges and ask.charges == 1 and (ask.said[1] or ask.shadow == 1)
  end
  for _, ask in ipairs(group) do
    local said, taken = ask.said, 0
    if charges and said[1] and ask.cost > 0 then
      if ask.before then ask.algorithm.load(ask) end
      taken = ask.cost + min(ask.want - ask.cost, floor(said[2] / 2))
      if taken > ask.cost then said = {ask.algorithm.look(ask, taken)} end
      ask.algorithm.charge(ask, taken)
    end
    answers[#answers + 1] =
      pack('<Bddddd', said[1] and 1 or 0, taken, said[2], said[3], said[4], said[5])
  end
end

local group = {}
for i, key in ipairs(KEYS) do
  local ask = {key = key}
  local number, last
  number, ask.shadow, ask.charges, last, ask.cost, ask.want, ask.a, ask.b, ask.c =
    unpack('<BBBBddddd', ARGV[i + 1])
  ask.algorithm = algorithms[number]
  group[#group + 1] = ask
  if last == 1 then
    decide(group)
    group = {}
  end
end
return table.concat(answers)
