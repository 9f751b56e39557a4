-- What Wireshark and its filters know: a field for each name of the table, and one expert item for each
-- level of the rules that refuse.

local protocol = Proto(LAYOUT.name, LAYOUT.name)

if set_plugin_info then
  set_plugin_info({ version = LAYOUT.version, description = "Dissects " .. LAYOUT.name .. " datagrams" })
end

local MESSAGES = {} -- by their type bytes
local TITLES = {}
for _, message in ipairs(LAYOUT.messages) do
  MESSAGES[message.type] = message
  TITLES[message.type] = message.title
end

local FIELDS = {}
for _, filter in ipairs(LAYOUT.filters) do
  local make = ProtoField[filter.kind]
  local name, title, about = filter.name, filter.title, filter.about
  if name == LAYOUT.name .. ".type" then
    FIELDS[name] = make(name, title, base.HEX, TITLES, nil, about)
  elseif filter.kind:match("^uint") then
    FIELDS[name] = make(name, title, base[filter.base or "DEC"], nil, nil, about)
  elseif filter.kind == "bytes" then
    FIELDS[name] = make(name, title, base.NONE, about)
  elseif filter.kind == "bool" then
    FIELDS[name] = make(name, title, base.NONE, nil, nil, about)
  else
    FIELDS[name] = make(name, title, about)
  end
end
protocol.fields = FIELDS

local function expert_item(level, group, severity)
  local name = LAYOUT.name .. ".refused." .. level:lower()
  return ProtoExpert.new(name, "Refused by a rule that is a " .. level, group, severity)
end
local EXPERTS = {
  MUST = expert_item("MUST", expert.group.MALFORMED, expert.severity.ERROR),
  SHOULD = expert_item("SHOULD", expert.group.PROTOCOL, expert.severity.WARN),
  MAY = expert_item("MAY", expert.group.PROTOCOL, expert.severity.NOTE),
}
protocol.experts = EXPERTS

-- The preferences: the revision, and the link types of captures that hold nothing but datagrams.

local revisions = {}
for revision = 1, LAYOUT.revision do
  revisions[revision] = { revision, tostring(revision), revision }
end
protocol.prefs.revision =
  Pref.enum("Revision", LAYOUT.revision, "The revision of the protocol that the peers speak", revisions)

local FIRST_USER_LINK, LAST_USER_LINK = 147, 162 -- LINKTYPE_USER0 to LINKTYPE_USER15
protocol.prefs.link_types = Pref.range(
  "Link types",
  tostring(FIRST_USER_LINK),
  "The link types whose packets are datagrams: some of 147 (DLT_USER0) to 162 (DLT_USER15)",
  LAST_USER_LINK
)

-- Reading fields.

local function unsigned(range)
  if range:len() <= 4 then
    return range:uint()
  end
  return range:uint64()
end

local function hex(range)
  return range:bytes():tohex(true)
end

-- Characters that cannot be shown, or that would end a text, are written as escapes.
local function characters(range)
  return (range:raw():gsub("[%c\\\127-\255]", function(character)
    return ("\\x%02x"):format(character:byte())
  end))
end

-- A kind says how the bytes of its fields are read, and whether a row of the packet list has the value.
-- Where `value` is absent, Wireshark reads the bytes itself.
local KINDS = {
  type = { text = function(range) return ("0x%02x"):format(range:uint()) end },
  uint = { text = function(range) return tostring(unsigned(range)) end, is_listed = true },
  count = { text = function(range) return tostring(unsigned(range)) end, is_listed = true },
  reserved = { text = hex },
  double = { text = function(range) return ("%.14g"):format(range:float()) end, is_listed = true },
  raw_hash = { text = hex, value = hex, is_listed = true },
  text_hash = { text = characters, value = characters, is_listed = true },
  flag = {
    text = function(range) return tostring(range:uint() == 1) end,
    -- Every other byte than 1 may be read as false.
    value = function(range) return range:uint() == 1 end,
    is_listed = true,
  },
}

-- Judging: the checks of a strict decoder, in the order of spec/refusals.md.

local function bytes(count)
  return count == 1 and "1 byte" or ("%d bytes"):format(count)
end

local function refusal(class, rule, offset, expected, found, field)
  local place = field and (" in " .. field) or ""
  local level = LAYOUT.rules[rule] and LAYOUT.rules[rule].level or "MUST"
  return {
    class = class,
    rule = rule,
    level = level,
    offset = offset,
    text = ("%s at byte %d%s: expected %s, found %s (%s)"):format(
      class, offset, place, expected, found, rule
    ),
  }
end

local function truncated(message, length, whole)
  return refusal("truncated", message.length_rule, length, bytes(whole), bytes(length))
end

-- The number of entries. The second result objects to it although it may be accepted; the third is final.
local function entry_count(message, field, buffer, length, revision)
  local count = tonumber(tostring(unsigned(buffer(field.offset, field.size))))
  local limit
  for _, candidate in ipairs(field.limits or {}) do
    if candidate.since <= revision and revision <= (candidate.last or revision) then
      limit = candidate
      break
    end
  end
  if not limit or (limit.min <= count and count <= limit.max) then
    return count
  end
  local function object(rule)
    local expected = ("%d to %d entries"):format(limit.min, limit.max)
    return refusal("count", rule, field.offset, expected, ("%d"):format(count), field.name)
  end
  if limit.may and limit.max < count and count <= limit.may then
    return count, object(limit.may_rule)
  end
  if length == message.header + message.each * count then
    return count, object(field.rule)
  end
  return count, nil, object(field.wrong_length_rule or field.rule)
end

-- What a field of fixed size objects to.
local function objection_to(field, range)
  if field.kind == "flag" and range:uint() > 1 then
    return refusal("value", field.rule, field.offset, "0 or 1", tostring(range:uint()), field.name)
  end
  if field.kind == "text_hash" then
    local index = range:raw():find("[^0-9a-f]")
    if index then
      local found = ("byte 0x%02x"):format(range(index - 1, 1):uint())
      local offset = field.offset + index - 1
      return refusal("text", field.rule, offset, "a character 0-9 or a-f", found, field.name)
    end
  end
end

-- The message and its number of entries as far as they are known, and why it is refused. A `refusal` is
-- final; where there is only an `objection`, a receiver may accept the datagram.
local function judge(buffer, length, revision)
  if length == 0 then
    local rule = LAYOUT.empty_rule
    return { refusal = refusal("empty", rule, 0, "at least 1 byte", "none") }
  end
  local byte = buffer(0, 1):uint()
  local message = MESSAGES[byte]
  if not message or message.since > revision then
    local expected = ("a message type of revision %d"):format(revision)
    local found = ("0x%02x"):format(byte)
    return { refusal = refusal("unknown_type", LAYOUT.unknown_type_rule, 0, expected, found) }
  end
  if length < message.header then
    return { message = message, refusal = truncated(message, length, message.header) }
  end

  local count, objection, final = 0, nil, nil
  for _, field in ipairs(message.fields) do
    if field.kind == "count" then
      count, objection, final = entry_count(message, field, buffer, length, revision)
      if final then
        return { message = message, refusal = final }
      end
    end
  end
  local whole = message.header + (message.each or 0) * count
  if length < whole then
    return { message = message, count = count, refusal = truncated(message, length, whole) }
  end
  if length > whole then
    local surplus = refusal("trailing", message.length_rule, whole, bytes(whole), bytes(length))
    return { message = message, count = count, refusal = surplus }
  end

  local numbers = {}
  for _, field in ipairs(message.fields) do
    if field.kind ~= "entries" then
      local range = buffer(field.offset, field.size)
      objection = objection or objection_to(field, range)
      numbers[field.name] = field.kind == "uint" and unsigned(range) or nil
    end
  end
  local ordered = message.ordered
  if ordered and not objection and numbers[ordered.first] > numbers[ordered.last] then
    local expected = ("at least %s, which is %s"):format(ordered.first, numbers[ordered.first])
    local found = tostring(numbers[ordered.last])
    objection = refusal("range", ordered.rule, ordered.offset, expected, found, ordered.last)
  end
  return { message = message, count = count, objection = objection }
end

-- Showing.

-- One field. Of a refused datagram it is text only, so that no filter finds a value that no peer has.
local function show_field(tree, field, range, is_value)
  local kind = KINDS[field.kind]
  local text = kind.text(range)
  if not is_value then
    tree:add(range, field.name .. ": " .. text)
    return text
  end
  local item
  if kind.value then
    item = tree:add(FIELDS[field.filter], range, kind.value(range))
  else
    item = tree:add(FIELDS[field.filter], range)
  end
  if field.kind == "reserved" then
    item:append_text(" (ignored)")
  elseif field.unit then
    item:append_text(" (" .. field.unit .. ")")
  end
  if field.bits then
    item:add(FIELDS[field.bits], range)
  end
  return text
end

-- One entry, and its values in a row.
local function show_entry(tree, entries, range, index, is_value)
  local item
  if is_value then
    item = tree:add(FIELDS[entries.filter], range)
  else
    item = tree:add(range, "")
  end
  local texts = {}
  for _, field in ipairs(entries.fields) do
    local text = show_field(item, field, range(field.offset, field.size), is_value)
    texts[#texts + 1] = field.name .. " " .. text
  end
  item:set_text(("%s[%d]: %s"):format(entries.name, index, table.concat(texts, " ")))
end

-- Everything that is there, and the row of the packet list.
local function show_message(tree, buffer, message, count, is_value)
  local row = { message.title }
  for _, field in ipairs(message.fields) do
    if field.kind == "entries" then
      for index = 0, count - 1 do
        local offset = field.offset + index * field.size
        if offset + field.size > buffer:len() then
          break
        end
        show_entry(tree, field, buffer(offset, field.size), index, is_value)
      end
    elseif field.offset + field.size <= buffer:len() and field.kind ~= "type" then
      local text = show_field(tree, field, buffer(field.offset, field.size), is_value)
      if KINDS[field.kind].is_listed then
        row[#row + 1] = field.name .. " " .. text
      end
    end
  end
  return table.concat(row, " ")
end

local function show_refusal(tree, buffer, why)
  local at = math.min(why.offset, buffer:len())
  local range = buffer:len() > at and buffer(at, 1) or buffer(at, 0)
  local item = tree:add(FIELDS[LAYOUT.name .. ".refusal"], range, why.text)
  for _, part in ipairs({ "class", "rule", "level", "offset" }) do
    item:add(FIELDS[LAYOUT.name .. ".refusal." .. part], range, why[part]):set_generated()
  end
  local rule = LAYOUT.rules[why.rule]
  if rule then
    item:add(range, why.rule .. " says: " .. rule.text):set_generated()
  end
  item:add_proto_expert_info(EXPERTS[why.level], why.text)
end

-- A packet of SCTP may hold several datagrams. Each is added to the row of the packet, and dissecting the
-- packet once more begins a new row.
local last_number, last_offset
local function add_row(tvb, pinfo, row)
  local is_later = pinfo.number == last_number and tvb:offset() > last_offset
  last_number, last_offset = pinfo.number, tvb:offset()
  pinfo.cols.info:set((is_later and ", " or "") .. row)
  pinfo.cols.info:fence()
end

function protocol.dissector(tvb, pinfo, tree)
  local length = tvb:reported_len()
  local root = tree:add(protocol, tvb())
  pinfo.cols.protocol = LAYOUT.name

  local row
  if tvb:len() < length then
    row = ("not judged: the capture holds %d of %s"):format(tvb:len(), bytes(length))
    root:add(FIELDS[LAYOUT.name .. ".cut"], tvb()):set_text(row)
  else
    local found = judge(tvb, length, protocol.prefs.revision)
    local message = found.message
    if length > 0 then
      root:add(FIELDS[LAYOUT.name .. ".type"], tvb(0, 1))
    end
    if message then
      local is_value = not found.refusal
      local part = root
      if is_value then
        part = root:add(FIELDS[message.filter], tvb())
      else
        part = root:add(tvb(), message.title .. ", as far as it can be read")
      end
      row = show_message(part, tvb, message, found.count or 0, is_value)
    end
    local why = found.refusal or found.objection
    if found.refusal then
      row = (message and message.title .. " " or "") .. "refused: " .. why.text
    elseif why then
      row = row .. ", to be refused: " .. why.text
    end
    if why then
      show_refusal(root, tvb, why)
    end
  end
  root:append_text(", " .. row)
  add_row(tvb, pinfo, row)
  return length
end

-- Where datagrams come from. Exported packets name this dissector; a packet of SCTP is a choice of the
-- user, because other protocols send binary messages over WebRTC too.

DissectorTable.get("sctp.ppi"):add_for_decode_as(protocol)

local claimed = {}
function protocol.init()
  local encapsulations, user0 = DissectorTable.get("wtap_encap"), (wtap_encaps or wtap).USER0
  for _, number in ipairs(claimed) do
    encapsulations:remove(number, protocol)
  end
  claimed = {}
  for first, last in protocol.prefs.link_types:gmatch("(%d+)%-?(%d*)") do
    first, last = tonumber(first), tonumber(last) or tonumber(first)
    for link = math.max(first, FIRST_USER_LINK), math.min(last, LAST_USER_LINK) do
      claimed[#claimed + 1] = user0 + link - FIRST_USER_LINK
      encapsulations:add(claimed[#claimed], protocol)
    end
  end
end
