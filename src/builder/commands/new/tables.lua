-- Tables as MyST has them, and what holds one; with what figures that hold something else need as well.

local writing = dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), "writing.lua"}))
local directive, raw, tell, words = writing.directive, writing.raw, writing.tell, writing.words

-- The last paragraph of a box is its caption.
local function captioned(content)
  local last = content[#content]
  if last and (last.t == "Para" or last.t == "Plain") and #content > 1 then
    content:remove(#content)
    return words(last.content)
  end
  return ""
end

-- Whether the first blocks are code, which is not run, and nothing else.
local function is_code(content, count)
  for i = 1, count do
    local block = content[i]
    if block.t ~= "RawBlock" or not block.text:match("^```%a") then return false end
  end
  return true
end

local function rows_of(el)
  local rows = pandoc.List({})
  rows:extend(el.head.rows)
  for _, body in ipairs(el.bodies) do rows:extend(body.head) rows:extend(body.body) end
  rows:extend(el.foot.rows)
  return rows
end

local function any_cell(el, holds)
  for _, row in ipairs(rows_of(el)) do
    for _, cell in ipairs(row.cells) do
      if holds(cell) then return true end
    end
  end
  return false
end

local function has_blocks(cell)
  local first = cell.contents[1]
  return #cell.contents > 1 or (first ~= nil and first.t ~= "Plain" and first.t ~= "Para")
end
local function has_span(cell) return cell.row_span > 1 or cell.col_span > 1 end

-- A table without what its directive has; a sign in its formulas that would part cells is written in letters.
local function bare_table(el)
  local bare = el:clone()
  bare.caption = {long = {}}
  bare.identifier = ""
  return bare:walk({Math = function(math)
    math.text = math.text:gsub("\\|", "\\Vert "):gsub("|", "\\vert ")
    return math
  end})
end

-- A cell of a row of a list-table: its blocks, the first one behind the sign.
local function item(blocks, sign)
  local text = writing.written(blocks):gsub("\n", "\n    ")
  return sign .. (text ~= "" and " " .. text or "")
end

-- A table whose cells hold blocks, which no row of text can.
local function list_table(el, caption, id)
  local lines = pandoc.List({})
  for _, row in ipairs(rows_of(el)) do
    for i, cell in ipairs(row.cells) do lines:insert(item(cell.contents, i == 1 and "* -" or "  -")) end
  end
  return directive("list-table", caption, {{"header-rows", #el.head.rows > 0 and tostring(#el.head.rows) or ""}, {"name", id}}, {raw(table.concat(lines, "\n"))})
end

-- The table of a piece of HTML, where it is one whose cells are text; nil for any other.
local function table_in(html)
  local tables = pandoc.read(html, "html").blocks:filter(function(block) return block.t == "Table" end)
  if #tables ~= 1 or any_cell(tables[1], has_span) or any_cell(tables[1], has_blocks) then return nil end
  return tables[1]
end

local function table_of(el)
  local content = pandoc.Blocks(el.content)
  local caption = el.attributes["tbl-cap"] or captioned(content)
  local above = pandoc.Blocks({})
  while #content > 1 and is_code(content, 1) do above:insert(content:remove(1)) end
  local only = content[1]
  if #content == 1 and only.t == "RawBlock" then only = table_in(only.text:match("^`+{raw} html\n(.*)\n`+\n$") or only.text) or only end
  if #content == 1 and only.t == "Table" then
    above:insert(directive("table", caption ~= "" and caption or "&nbsp;", {{"name", el.identifier}}, {bare_table(only)}))
    return above
  end
  if #content == 1 and is_code(content, 1) then
    tell("Tables that code makes, which is not run: write their rows into the document", el.identifier)
    content:insert(directive("table", caption ~= "" and caption or "&nbsp;", {{"name", el.identifier}}, {raw("| `" .. el.identifier .. "` |\n|---|\n|  |")}))
    return content
  end
  content = above .. content
  if #content == 1 and only.t == "RawBlock" and only.text:match("^:+{list%-table}\n") then
    return raw((only.text:gsub("\n", function() return " " .. caption .. "\n:name: " .. el.identifier .. "\n" end, 1)))
  end
  content:insert(1, raw("(" .. el.identifier .. ")="))
  if caption ~= "" then content:insert(raw(caption)) end
  tell("Tables that hold more than one block: what stands in them stands by itself, and the caption is a paragraph behind it", el.identifier)
  return content
end

local function of_table(el)
  local caption = el.caption.long
  local id = el.identifier
  local in_list = any_cell(el, has_blocks) and not any_cell(el, has_span)
  if #caption == 0 and id == "" and not in_list then return bare_table(el) end
  local function labelled(found)
    id = found
    return ""
  end
  local text = words(pandoc.utils.blocks_to_inlines(caption))
  text = text:gsub("%s*{#([%w:_-]+)[^}]*}$", labelled):gsub("^%(\\?\\?#([%w:_-]+)%)%s*", labelled)
  if in_list then return list_table(el, text, id) end
  if any_cell(el, has_span) then
    tell("Tables with cells across rows or columns are HTML, without a number", id ~= "" and id or pandoc.utils.stringify(caption))
    return {raw(id ~= "" and "(" .. id .. ")=" or ""), raw(text), bare_table(el)}
  end
  return directive("table", text ~= "" and text or "&nbsp;", {{"name", id}}, {bare_table(el)})
end

return {captioned = captioned, is_code = is_code, table_of = table_of, of_table = of_table}
