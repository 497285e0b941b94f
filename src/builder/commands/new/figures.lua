-- What a box with the label of a figure holds: code that draws it, a diagram, one picture or several.

local function part(name) return dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), name})) end
local writing, tables = part("writing.lua"), part("tables.lua")
local directive, figure, raw, tell = writing.directive, writing.figure, writing.raw, writing.tell
local captioned, is_code = tables.captioned, tables.is_code

-- Blocks that Quarto lays out in one row as columns, the first with the label of all; nil where they are in several rows, or too many.
local function in_row(el, blocks)
  local count = tonumber(el.attributes["layout-ncol"] or "")
  if count == nil or count < 2 or count > 4 or #blocks ~= count then return nil end
  local parts = pandoc.Blocks({})
  for i, block in ipairs(blocks) do
    local labelled = i == 1 and el.identifier ~= "" and {raw("(" .. el.identifier .. ")="), block} or {block}
    parts:insert(directive("column", "", {}, labelled))
  end
  return directive("columns", "", {}, parts)
end

local function figures(el)
  local content = pandoc.Blocks(el.content)
  local last = content[#content]
  local is_words = last and (last.t == "Para" or last.t == "Plain")
  local picture = is_words and #content > 1 and (content[#content - 1].text or ""):match("^!%[[^%]]*%]%((.-)%)\n$")
  if picture and is_code(content, #content - 2) then
    content:remove(#content)
    content:remove(#content)
    content:insert(figure(el.identifier, picture, pandoc.utils.stringify(last.content), {last}, {}))
    return content
  end
  if is_words and is_code(content, #content - 1) then
    content:remove(#content)
    tell("Figures that code draws, which is not run: save each picture under this name, beside its document", el.identifier .. ".png")
    content:insert(figure(el.identifier, el.identifier .. ".png", pandoc.utils.stringify(last.content), {last}, {}))
    return content
  end
  local caption = el.attributes["fig-cap"] or captioned(content)
  local diagram = #content == 1 and content[1].t == "RawBlock" and content[1].text:match("^```{mermaid}\n") or content[1].text and content[1].text:match("^```{graphviz}\n")
  if diagram then
    local options = ":caption: " .. (caption ~= "" and caption or "&nbsp;") .. "\n:name: " .. el.identifier .. "\n"
    return raw((content[1].text:gsub("\n", function() return "\n" .. options end, 1)))
  end
  if #content == 1 and content[1].t == "RawBlock" then tell("Figures that hold no picture: their label stands on a box", el.identifier) end
  local places = pandoc.List({})
  for i, block in ipairs(content) do
    if block.t == "RawBlock" and block.text:match("^:+{figure}") then places:insert(i) end
  end
  local row = #places == #content and in_row(el, content) or nil
  if row then content = pandoc.Blocks({row}) else content:insert(places[1] or 1, raw("(" .. el.identifier .. ")=")) end
  if caption ~= "" then content:insert(raw(caption)) end
  if #places ~= 1 then tell("Figures of several pictures: each is a figure of its own, and the caption a paragraph behind them", el.identifier) end
  return content
end

return {figures = figures, in_row = in_row}
