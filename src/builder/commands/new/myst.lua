-- Pandoc's document of a Quarto, bookdown or Pandoc text, written as MyST. What has no counterpart is told on the standard error, a
-- line "told: KIND", a tab and what is meant each; https://pandoc.org/lua-filters.html.

local writing = dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), "writing.lua"}))
local directive, figure, raw, raw_inline, tell, words = writing.directive, writing.figure, writing.raw, writing.raw_inline, writing.tell, writing.words
local tables = dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), "tables.lua"}))
local table_of = tables.table_of
local figures = dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), "figures.lua"}))
Table = tables.of_table
local REFERRED = {}
for label in (os.getenv("REFERRED") or ""):gmatch("%S+") do REFERRED[label] = true end

local function has(el, class) return el.classes:includes(class) end

local CALLOUTS = {note = "note", tip = "tip", warning = "warning", caution = "caution", important = "important"}
local PROOFS = {
  thm = "theorem", lem = "lemma", cor = "corollary", prp = "proposition", cnj = "conjecture", def = "definition", exm = "example",
  rem = "remark", alg = "algorithm",
}
local BOXES = {nte = "Note", tip = "Tip", wrn = "Warning", imp = "Important", cau = "Caution", sol = "Solution"}
local NUMBERED = {fig = true, tbl = true, tab = true, lst = true}
-- A title in the attribute or in the first heading; the heading goes.
local function titled(div)
  local content = pandoc.Blocks(div.content)
  local title = div.attributes.title or div.attributes.name or ""
  if title == "" and content[2] and content[2].t == "Header" and content[1].t == "RawBlock" and content[1].text:match("^%(.*%)=$") then
    content:remove(1)  -- the label of the heading, which names nothing then
  end
  if title == "" and content[1] and content[1].t == "Header" then
    if #content == 1 then return "", pandoc.Blocks({pandoc.Para(content[1].content)}) end  -- a box needs content
    title = words(content[1].content)
    content:remove(1)
  end
  return title, content
end

local function kind_of(id) return id:match("^(%a+)[-:]") or "" end

-- The label by which bookdown refers to what a cell of code has drawn, of which Quarto keeps the picture without one.
local function label_of_cell(source)
  local name = "fig:" .. (source:match("/figure%-%w+/(.+)%-1%.%a+$") or "")
  return REFERRED[name] and name or ""
end

function Figure(el)
  local pictures = pandoc.List()
  pandoc.walk_block(pandoc.Div(el.content), {Image = function(image) pictures:insert(image) end})
  if #pictures ~= 1 then return nil end
  local image = pictures[1]
  local id = el.identifier ~= "" and el.identifier or image.identifier
  id = id ~= "" and id or label_of_cell(image.src)
  local alt = image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
  return figure(id, image.src, alt, el.caption.long, image.attributes)
end

local function columns(el)
  local parts = pandoc.Blocks({})
  for _, part in ipairs(el.content) do
    if part.t == "Div" and has(part, "column") then
      parts:insert(directive("column", "", {{"width", (part.attributes.width or ""):gsub("%%", "")}}, part.content))
    else
      parts:insert(part)
    end
  end
  return directive("columns", "", {}, parts)
end

local function tabs(el)
  local parts, current, title, level = pandoc.Blocks({}), pandoc.Blocks({}), nil, nil
  local function close()
    if title then parts:insert(directive("tab-item", title, {}, current)) end
    current = pandoc.Blocks({})
  end
  for _, block in ipairs(el.content) do
    if block.t == "Header" and block.level <= (level or block.level) then
      close()
      title, level = words(block.content), level or block.level
    elseif block.t == "Header" then
      current:insert(directive("rubric", words(block.content), {}, {}))
    else
      current:insert(block)
    end
  end
  close()
  return directive("tab-set", "", {}, parts)
end

-- What MyST and docutils call a box as well.
local PLAIN = {"hint", "note", "tip", "warning", "caution", "important", "danger", "attention"}

local function box(el)
  for class in pairs(CALLOUTS) do
    if has(el, "callout-" .. class) or has(el, "rmd" .. class) then
      local title, content = titled(el)
      local folded = el.attributes.collapse == "true" and "dropdown" or ""
      if title == "" then return directive(class, "", {{"class", folded}, {"name", el.identifier}}, content) end
      return directive("admonition", title, {{"class", (class .. " " .. folded):gsub("%s+$", "")}, {"name", el.identifier}}, content)
    end
  end
  for _, class in ipairs(PLAIN) do
    if el.classes[1] == class then
      local title, content = titled(el)
      if title == "" then return directive(class, "", {{"name", el.identifier}}, content) end
      return directive("admonition", title, {{"class", class}, {"name", el.identifier}}, content)
    end
  end
end

local function statement(el)
  local name = PROOFS[kind_of(el.identifier)]
  for _, class in ipairs({"proof", "remark", "solution", "theorem", "lemma", "corollary", "proposition", "definition", "example"}) do
    if has(el, class) then name = class end
  end
  local title, content = titled(el)
  if name == nil and kind_of(el.identifier) == "exr" or has(el, "exercise") then
    return directive("exercise", title, {{"label", el.identifier}}, content)
  end
  if name == "solution" then return directive("admonition", title ~= "" and title or "Solution", {{"class", "dropdown"}, {"name", el.identifier}}, content) end
  if name then return directive("prf:" .. name, title, {{"label", el.identifier}}, content) end
end

local SIMPLE = {notes = "notes", aside = "margin", ["column-margin"] = "margin"}
local QUIET = {
  incremental = true, nonincremental = true, fragment = true, cell = true, ["cell-output"] = true, ["cell-output-display"] = true,
}

-- The condition of Sphinx for what Quarto shows in some outputs, as far as ours are meant.
local OF_WEB = {html = true, ["html:js"] = true, pdf = false, latex = false, typst = false}
local function output_of(el)
  local when, unless = el.attributes["when-format"], el.attributes["unless-format"]
  local web = OF_WEB[when or unless or ""]
  if web == nil or not (has(el, "content-visible") or has(el, "content-hidden")) then return nil end
  local shown = has(el, "content-visible") == (when ~= nil)
  return web == shown and "html" or "not html"
end

-- What Quarto shows in no output: hidden, without a condition.
local function is_hidden(el)
  if not has(el, "content-hidden") then return false end
  for key in pairs(el.attributes) do
    if key:match("^when%-") or key:match("^unless%-") then return false end
  end
  return true
end

function Div(el)
  if el.identifier == "refs" then return directive("bibliography", "", {}, {}) end
  if has(el, "columns") then return columns(el) end
  if has(el, "column") then return nil end
  if has(el, "panel-tabset") or has(el, "tabset") then return tabs(el) end
  local found = box(el) or statement(el)
  if found then return found end
  if kind_of(el.identifier) == "fig" then return figures.figures(el) end
  if kind_of(el.identifier) == "tbl" or kind_of(el.identifier) == "tab" then return table_of(el) end
  for class, name in pairs(SIMPLE) do
    if has(el, class) then return directive(name, "", {}, el.content) end
  end
  if is_hidden(el) then
    tell("What its author hides in all outputs is left out", el.identifier)
    return {}
  end
  local output = output_of(el)
  if output then return directive("only", output, {}, el.content) end
  if has(el, "content-visible") or has(el, "content-hidden") then
    tell("What only some outputs had is shown in all: say with tags or editions who sees it", el.classes[1])
  elseif #el.classes > 0 and not QUIET[el.classes[1]] then
    tell("Boxes without a counterpart: their content stands without them", "." .. el.classes[1])
  end
  local row = el.identifier == "" and figures.in_row(el, pandoc.Blocks(el.content)) or nil
  if row then return row end
  local content = pandoc.Blocks(el.content):map(function(block) return block.t == "Plain" and pandoc.Para(block.content) or block end)
  if el.identifier ~= "" then content:insert(1, raw("(" .. el.identifier .. ")=")) end
  return content
end

-- The label that pandoc makes of a heading's words, as far as that is what tells it from one that was written.
local function slug(inlines)
  local text = pandoc.text.lower(pandoc.utils.stringify(inlines)):gsub("\226\128[\144-\175]", ""):gsub("%s+", "-")
  return (text:gsub("[^%w_%.\128-\255-]", ""):gsub("^[^%a\128-\255]+", ""))
end

function Header(el)
  local blocks = pandoc.Blocks({})
  if has(el, "unnumbered") and el.level > 1 then tell("Headings without a number have one where their toctree is numbered") end
  local id = el.identifier
  if id ~= "" and (REFERRED[id] or id:gsub("%-%d+$", "") ~= slug(el.content):gsub("%-%d+$", "")) then blocks:insert(pandoc.RawBlock("markdown", "(" .. id .. ")=")) end
  blocks:insert(pandoc.Header(el.level, el.content))
  return blocks
end

local function formula(math, id) return raw("$$\n" .. math.text:gsub("^%s+", ""):gsub("%s+$", "") .. "\n$$" .. (id and " (" .. id .. ")" or "")) end

-- A picture with a label that stands alone, as it is or as a link: a figure, with a caption or without one.
local function lone_picture(el)
  local only, target = el.content[1], nil
  if #el.content == 1 and only.t == "Link" and #only.content == 1 then only, target = only.content[1], only.target end
  if #el.content ~= 1 or only.t ~= "Image" or only.identifier == "" then return nil end
  local alt = only.attributes["fig-alt"] or pandoc.utils.stringify(only.caption)
  if alt == "" then alt = writing.words_of(only.identifier) end
  local given = {width = only.attributes.width, height = only.attributes.height, target = target}
  return figure(only.identifier, only.src, alt, {pandoc.Plain(only.caption)}, given)
end

-- An entry of an index of LaTeX as a line of an index directive: parts behind "!", what sorts it before "@", "see" behind "|".
local function index_line(entry)
  local shown, way = entry:match("^(.-)|(.*)$")
  local parts = {}
  for part in ((shown or entry) .. "!"):gmatch("(.-)!") do
    part = part:gsub("^.*@", ""):gsub("\\%a+(%b{})", function(inner) return inner:sub(2, -2) end)
    parts[#parts + 1] = part:gsub("\\(%p)", "%1"):gsub("[{}]", ""):gsub(";", ",")
  end
  local kind, other = (way or ""):match("^(see%a*)%s*(%b{})$")
  if kind then return kind .. ": " .. table.concat(parts, ", ") .. "; " .. other:sub(2, -2):gsub("!", ", ") end
  return "single: " .. parts[1] .. (#parts > 1 and "; " .. table.concat(parts, ", ", 2) or "")
end

-- The entries of an index in LaTeX, \index{...} or an author's own \indexc{...}, and what else there is.
local function index_lines(tex)
  local lines = {}
  local rest = tex:gsub("\\index%a*(%b{})", function(entry)
    local line = index_line(entry:sub(2, -2))
    if not line:match(":%s*$") then lines[#lines + 1] = line end
    return ""
  end)
  return lines, (rest:gsub("^%s+", ""):gsub("%s+$", ""))
end

local function index_directive(lines) return raw("```{index} " .. table.concat(lines, "\n```\n\n```{index} ") .. "\n```") end

-- Entries of an index within a paragraph stand above it.
local function indexed(el)
  local lines, kept = {}, pandoc.Inlines({})
  for _, item in ipairs(el.content) do
    if item.t == "RawInline" and item.format == "index" then lines[#lines + 1] = item.text else kept:insert(item) end
  end
  if #lines == 0 then return nil end
  while #kept > 0 and (kept[1].t == "SoftBreak" or kept[1].t == "Space") do kept:remove(1) end
  el.content = kept
  return index_directive(lines)
end

-- The end of a paragraph needs no sign that ends a line.
local function without_break(el)
  local function last() return el.content[#el.content] end
  while #el.content > 0 and (last().t == "LineBreak" or last().text == "\\") do el.content:remove() end
  if #el.content > 0 and last().t == "Str" then last().text = last().text:gsub("\\$", "") end
  return el
end

local paragraph
function Para(el)
  local index = indexed(el)
  if not index then return paragraph(el) end
  local rest = #el.content > 0 and (paragraph(el) or el) or {}
  return pandoc.Blocks({index}) .. (pandoc.utils.type(rest) == "Block" and pandoc.Blocks({rest}) or pandoc.Blocks(rest))
end

-- A displayed formula is a block, with its label; words before and behind it are paragraphs of their own.
function paragraph(el)
  without_break(el)
  local picture = lone_picture(el)
  if picture then return picture end
  local blocks, current = pandoc.Blocks({}), pandoc.Inlines({})
  local function close()
    while #current > 0 and (current[#current].t == "Space" or current[#current].t == "SoftBreak") do current:remove(#current) end
    while #current > 0 and (current[1].t == "Space" or current[1].t == "SoftBreak") do current:remove(1) end
    if #current > 0 then blocks:insert(pandoc.Para(current)) end
    current = pandoc.Inlines({})
  end
  local i, found = 1, false
  while i <= #el.content do
    local item = el.content[i]
    if item.t == "Math" and item.mathtype == "DisplayMath" then
      found = true
      close()
      local id = nil
      for step = 1, 2 do
        local next = el.content[i + step]
        local label = next and next.t == "Str" and next.text:match("^{#([%w:_-]+)}$")
        if label then
          id, i = label, i + step
          break
        end
      end
      if not id then id = item.text:match("\\label{([%w:_-]+)}") or item.text:match("%(\\?#(eq[:-][%w:_-]+)%)") end
      item.text = item.text:gsub("\\label{[%w:_-]+}", ""):gsub("%(\\?#eq[:-][%w:_-]+%)", "")
      blocks:insert(formula(item, id))
    else
      current:insert(item)
    end
    i = i + 1
  end
  if not found then return el end
  close()
  return blocks
end

-- The last paragraph of a box without a blank line below it, and the text of an item. A formula of its own stands
-- between blank lines, since MyST may take it for words.
function Plain(el)
  for _, item in ipairs(el.content) do
    if item.t == "Math" and item.mathtype == "DisplayMath" then return paragraph(pandoc.Para(el.content)) end
  end
  return without_break(el)
end

local function reference(id)
  if id:match("^%u%l+%-") then id = id:sub(1, 1):lower() .. id:sub(2) end
  local kind = kind_of(id)
  if BOXES[kind] then return raw_inline("{ref}`" .. BOXES[kind] .. " <" .. id .. ">`") end
  if NUMBERED[kind] then return raw_inline("{numref}`" .. id .. "`") end
  if kind == "eq" then return raw_inline("{eq}`" .. id .. "`") end
  if PROOFS[kind] then return raw_inline("{prf:ref}`" .. id .. "`") end
  if kind == "sec" or kind == "exr" then return raw_inline("{ref}`" .. id .. "`") end
end

-- Words around a citation, and the works that are cited in them, which follow it.
local function without_works(inlines, works)
  local text = words(inlines):gsub("{cite:t}`([^`]*)`", function(keys)
    works:insert(keys)
    return ""
  end)
  return (text:gsub("^[,;%s]+", ""):gsub("[,;%s]+$", ""):gsub("\\(%p)", "%1"))
end

-- What stands before or behind a key, in the braces of sphinxcontrib-bibtex; pandoc allows braces there, too.
local function braced(text)
  text = text:gsub("^{+(.-)}+$", "%1")
  return text ~= "" and "{" .. text .. "}" or ""
end

function Cite(el)
  local parts, cited, textual = pandoc.Inlines({}), pandoc.List({}), false
  for _, citation in ipairs(el.citations) do
    local found = reference(citation.id)
    if found then
      if #parts > 0 then parts:insert(pandoc.Str(", ")) end
      parts:insert(found)
    else
      local more = pandoc.List({})
      local before, behind = words(citation.prefix), without_works(citation.suffix, more)
      cited:insert(braced(before) .. citation.id .. braced(behind))
      cited:extend(more)
      textual = citation.mode == "AuthorInText"
      if citation.mode == "SuppressAuthor" then tell("Citations without their author have it now", "-@" .. citation.id) end
    end
  end
  if #cited > 0 then
    if #parts > 0 then parts:insert(pandoc.Str(", ")) end
    parts:insert(raw_inline("{cite:" .. (textual and "t" or "p") .. "}`" .. table.concat(cited, ",") .. "`"))
  end
  return parts
end

function Link(el)
  el.target = el.target:gsub("^@", "#"):gsub("%.[qQ]md", ".md"):gsub("%.[rR]md", ".md")
  el.attr = pandoc.Attr()
  return el
end

function Superscript(el) return raw_inline("{sup}`" .. pandoc.utils.stringify(el.content) .. "`") end
function Subscript(el) return raw_inline("{sub}`" .. pandoc.utils.stringify(el.content) .. "`") end
function Strikeout(el)
  local struck = pandoc.Inlines({pandoc.RawInline("html", "<del>")})
  struck:extend(el.content)
  struck:insert(pandoc.RawInline("html", "</del>"))
  return struck
end

function LineBlock(el)
  local lines = pandoc.Inlines({})
  for i, line in ipairs(el.content) do
    if i > 1 then lines:insert(pandoc.LineBreak()) end
    lines:extend(line)
  end
  return pandoc.Para(lines)
end

-- A definition of a macro, which is in the settings.
local function defines(tex) return tex:match("^%s*\\%a*command") or tex:match("^%s*\\def\\") or tex:match("^%s*\\DeclareMathOperator") end

-- HTML with a blank line is more than one block of Markdown.
local function whole_html(text)
  local fence = "```"
  while text:find(fence, 1, true) do fence = fence .. "`" end
  return raw(fence .. "{raw} html\n" .. text .. "\n" .. fence)
end

function RawBlock(el)
  if el.format:match("^html") and el.text:match("^%s*</div>%s*$") then  -- pandoc has read all that close something
    tell("Tags that close nothing are left out", "`</div>`")
    return {}
  end
  if el.format:match("^html") and el.text:match("\n[ \t]*\n") then return whole_html(el.text) end
  if el.format:match("^html") or el.format == "markdown" then return nil end
  if defines(el.text) then return {} end
  local lines, rest = index_lines(el.text)
  if rest ~= "" then tell("Raw text for other outputs is left out", "`" .. rest:sub(1, 40) .. "` (" .. el.format .. ")") end
  return #lines > 0 and index_directive(lines) or {}
end

function RawInline(el)
  if el.format:match("^html") or el.format == "markdown" then return nil end
  if defines(el.text) then return {} end
  local lines, rest = index_lines(el.text)
  if rest ~= "" then tell("Raw text for other outputs is left out", "`" .. rest:sub(1, 40) .. "` (" .. el.format .. ")") end
  local entries = pandoc.Inlines({})
  for _, line in ipairs(lines) do entries:insert(pandoc.RawInline("index", line)) end
  return entries
end

function Pandoc(doc)
  doc.meta = {}
  return doc
end
