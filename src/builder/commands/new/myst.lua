-- Pandoc's document of a Quarto, bookdown or Pandoc text, written as MyST. What has no counterpart is told on the standard error, a
-- line "told: WORDS" each; https://pandoc.org/lua-filters.html.

local CALLOUTS = {note = "note", tip = "tip", warning = "warning", caution = "caution", important = "important"}
local PROOFS = {
  thm = "theorem", lem = "lemma", cor = "corollary", prp = "proposition", cnj = "conjecture", def = "definition", exm = "example",
  rem = "remark", alg = "algorithm",
}
local NUMBERED = {fig = true, tbl = true, tab = true, lst = true}
local TOLD = {}
local REFERRED = {}
for label in (os.getenv("REFERRED") or ""):gmatch("%S+") do REFERRED[label] = true end

local function tell(words)
  if not TOLD[words] then
    TOLD[words] = true
    io.stderr:write("told: " .. words .. "\n")
  end
end

local function raw(text) return pandoc.RawBlock("markdown", text .. "\n") end
local function raw_inline(text) return pandoc.RawInline("markdown", text) end
local function has(el, class) return el.classes:includes(class) end

-- Blocks or inlines as text of MyST, through the same filter.
local function written(blocks)
  return (pandoc.write(pandoc.Pandoc(blocks), {format = "markdown", extensions = PANDOC_WRITER_OPTIONS.extensions}, PANDOC_WRITER_OPTIONS):gsub("%s+$", ""))
end
local function words(inlines) return (written({pandoc.Plain(inlines)}):gsub("\n", " ")) end

-- A directive whose fence is longer than those inside.
local function directive(name, argument, options, content)
  local text = written(content)
  local longest = 2
  for fence in ("\n" .. text):gmatch("\n%s*(:::+)") do longest = math.max(longest, #fence) end
  local fence = string.rep(":", longest + 1)
  local lines = {fence .. "{" .. name .. "}" .. (argument ~= "" and " " .. argument or "")}
  for _, option in ipairs(options) do
    if option[2] ~= nil and option[2] ~= "" then lines[#lines + 1] = ":" .. option[1] .. ": " .. option[2] end
  end
  if text ~= "" then lines[#lines + 1] = "\n" .. text end
  lines[#lines + 1] = fence
  return raw(table.concat(lines, "\n"))
end

-- A title in the attribute or in the first heading; the heading goes.
local function titled(div)
  local content = pandoc.Blocks(div.content)
  local title = div.attributes.title or div.attributes.name or ""
  if title == "" and content[1] and content[1].t == "Header" then
    title = words(content[1].content)
    content:remove(1)
  end
  return title, content
end

-- The last paragraph of a box is its caption.
local function captioned(content)
  local last = content[#content]
  if last and (last.t == "Para" or last.t == "Plain") and #content > 1 then
    content:remove(#content)
    return words(last.content)
  end
  return ""
end

local function kind_of(id) return id:match("^(%a+)[-:]") or "" end

local function length(text) return text and text:match("^[%d.]+%s*%a*%%?$") end

local function figure(id, target, alt, caption, attributes)
  return directive("figure", target, {
    {"name", id}, {"alt", alt}, {"width", length(attributes.width)}, {"height", length(attributes.height)},
  }, caption)
end

function Figure(el)
  local pictures = pandoc.List()
  pandoc.walk_block(pandoc.Div(el.content), {Image = function(image) pictures:insert(image) end})
  if #pictures ~= 1 then return nil end
  local image = pictures[1]
  local id = el.identifier ~= "" and el.identifier or image.identifier
  local alt = image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
  return figure(id, image.src, alt, el.caption.long, image.attributes)
end

local function figures(el)
  local content = pandoc.Blocks(el.content)
  local caption = captioned(content)
  if #content == 1 and content[1].t == "RawBlock" then tell("the figure '" .. el.identifier .. "' has its label on a box: look at it") end
  content:insert(1, raw("(" .. el.identifier .. ")="))
  if caption ~= "" then content:insert(raw(caption)) end
  tell("several pictures of the figure '" .. el.identifier .. "' are figures of their own; its caption is a paragraph behind them")
  return content
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
  local parts, current, title = pandoc.Blocks({}), pandoc.Blocks({}), nil
  local function close()
    if title then parts:insert(directive("tab-item", title, {}, current)) end
    current = pandoc.Blocks({})
  end
  for _, block in ipairs(el.content) do
    if block.t == "Header" then
      close()
      title = words(block.content)
    else
      current:insert(block)
    end
  end
  close()
  return directive("tab-set", "", {}, parts)
end

local function box(el)
  for class in pairs(CALLOUTS) do
    if has(el, "callout-" .. class) or has(el, "rmd" .. class) then
      local title, content = titled(el)
      local folded = el.attributes.collapse == "true" and "dropdown" or ""
      if title == "" then return directive(class, "", {{"class", folded}, {"name", el.identifier}}, content) end
      return directive("admonition", title, {{"class", (class .. " " .. folded):gsub("%s+$", "")}, {"name", el.identifier}}, content)
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
  if name == "solution" then return directive("admonition", title ~= "" and title or "Solution", {{"class", "dropdown"}}, content) end
  if name then return directive("prf:" .. name, title, {{"label", el.identifier}}, content) end
end

local function table_of(el)
  local content = pandoc.Blocks(el.content)
  local caption = captioned(content)
  return directive("table", caption, {{"name", el.identifier}}, content)
end

local SIMPLE = {notes = "notes", aside = "margin", ["column-margin"] = "margin"}
local QUIET = {incremental = true, nonincremental = true, fragment = true, cell = true, ["cell-output"] = true}

function Div(el)
  if el.identifier == "refs" then return directive("bibliography", "", {}, {}) end
  if has(el, "columns") then return columns(el) end
  if has(el, "column") then return nil end
  if has(el, "panel-tabset") or has(el, "tabset") then return tabs(el) end
  local found = box(el) or statement(el)
  if found then return found end
  if kind_of(el.identifier) == "fig" then return figures(el) end
  if kind_of(el.identifier) == "tbl" or kind_of(el.identifier) == "tab" then return table_of(el) end
  for class, name in pairs(SIMPLE) do
    if has(el, class) then return directive(name, "", {}, el.content) end
  end
  if has(el, "content-visible") or has(el, "content-hidden") then
    tell("'" .. el.classes[1] .. "' shows its content in every output: say with tags or editions who sees it")
  elseif #el.classes > 0 and not QUIET[el.classes[1]] then
    tell("the box '." .. el.classes[1] .. "' has no counterpart: its content stands without it")
  end
  local content = pandoc.Blocks(el.content)
  if el.identifier ~= "" then content:insert(1, raw("(" .. el.identifier .. ")=")) end
  return content
end

-- The label that pandoc makes of a heading's words, as far as that is what tells it from one that was written.
local function slug(inlines)
  local text = pandoc.text.lower(pandoc.utils.stringify(inlines)):gsub("%s+", "-")
  return (text:gsub("[^%w_%.\128-\255-]", ""):gsub("^[^%a\128-\255]+", ""))
end

function Header(el)
  local blocks = pandoc.Blocks({})
  if has(el, "unnumbered") and el.level > 1 then tell("'unnumbered' has no counterpart: headings are numbered by their toctree") end
  local id = el.identifier
  if id ~= "" and (REFERRED[id] or id:gsub("%-%d+$", "") ~= slug(el.content):gsub("%-%d+$", "")) then blocks:insert(pandoc.RawBlock("markdown", "(" .. id .. ")=")) end
  blocks:insert(pandoc.Header(el.level, el.content))
  return blocks
end

function Table(el)
  local caption = el.caption.long
  local id = el.identifier
  if #caption == 0 and id == "" then return nil end
  local function labelled(found)
    id = found
    return ""
  end
  local text = words(pandoc.utils.blocks_to_inlines(caption))
  text = text:gsub("%s*{#([%w:_-]+)[^}]*}$", labelled):gsub("^%(\\?\\?#([%w:_-]+)%)%s*", labelled)
  local bare = el:clone()
  bare.caption = {long = {}}
  bare.identifier = ""
  return directive("table", text, {{"name", id}}, {bare})
end

local function formula(math, id) return raw("$$\n" .. math.text:gsub("^%s+", ""):gsub("%s+$", "") .. "\n$$" .. (id and " (" .. id .. ")" or "")) end

-- A displayed formula is a block, with its label; words before and behind it are paragraphs of their own.
function Para(el)
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
  if not found then return nil end
  close()
  return blocks
end

local function reference(id)
  local kind = kind_of(id)
  if NUMBERED[kind] then return raw_inline("{numref}`" .. id .. "`") end
  if kind == "eq" then return raw_inline("{eq}`" .. id .. "`") end
  if PROOFS[kind] then return raw_inline("{prf:ref}`" .. id .. "`") end
  if kind == "sec" or kind == "exr" then return raw_inline("{ref}`" .. id .. "`") end
end

function Cite(el)
  local parts, cited, textual = pandoc.Inlines({}), {}, false
  for _, citation in ipairs(el.citations) do
    local found = reference(citation.id)
    if found then
      if #parts > 0 then parts:insert(pandoc.Str(", ")) end
      parts:insert(found)
    else
      local before, behind = words(citation.prefix), words(citation.suffix):gsub("^,%s*", "")
      cited[#cited + 1] = (before ~= "" and "{" .. before .. "}" or "") .. citation.id .. (behind ~= "" and "{" .. behind .. "}" or "")
      textual = citation.mode == "AuthorInText"
      if citation.mode == "SuppressAuthor" then tell("a citation without its author ('-@" .. citation.id .. "') has it now") end
    end
  end
  if #cited > 0 then
    if #parts > 0 then parts:insert(pandoc.Str(", ")) end
    parts:insert(raw_inline("{cite:" .. (textual and "t" or "p") .. "}`" .. table.concat(cited, ",") .. "`"))
  end
  return parts
end

local HIDDEN = {["false"] = true, FALSE = true, F = true}
local function is_cell(el) return has(el, "cell-source") end

function CodeBlock(el)
  local language = el.classes[1] or ""
  local text = el.text
  if language == "mermaid" or language == "dot" or language == "graphviz" then
    local name = language == "mermaid" and "mermaid" or "graphviz"
    return raw("```{" .. name .. "}\n" .. text .. "\n```")
  end
  local options = {}
  for key, value in pairs(el.attributes) do options[key] = value end
  if is_cell(el) then
    local drawn = pandoc.Blocks({})
    local label = options.label and (options.label:match("^fig[-:]") and options.label or "fig:" .. options.label)
    local picture = text:match("include_graphics%(%s*[\"']([^\"']+)[\"']")
    if picture then
      local caption = options["fig-cap"] or ""
      return figure(label or "fig:" .. picture, picture, options["fig-alt"] or caption, pandoc.read(caption, "markdown-smart").blocks, {width = options["out-width"] or options.out_width})
    end
    if options["fig-cap"] and options.label then
      tell("the figure '" .. options.label .. "' is drawn by code, which is not run: save it as " .. options.label .. ".png")
      drawn:insert(figure(label, options.label .. ".png", options["fig-alt"] or options["fig-cap"], pandoc.read(options["fig-cap"], "markdown-smart").blocks, {}))
    end
    if HIDDEN[options.echo or ""] or HIDDEN[options.include or ""] then
      if #drawn == 0 then tell("code that is run and not shown is left out, with what it makes: " .. (options.label or "a cell")) end
      return drawn
    end
    tell("code is shown and not run: results of the cells are not in the book")
    if #drawn > 0 then
      drawn:insert(1, raw("```" .. language .. "\n" .. text:gsub("\n+$", "") .. "\n```"))
      return drawn
    end
  end
  local caption = options["lst-cap"] or options["tbl-cap"] or ""
  local id = el.identifier ~= "" and el.identifier or options["lst-label"] or (caption ~= "" and options.label) or ""
  if caption ~= "" or id ~= "" then
    return raw("```{code-block} " .. language .. (caption ~= "" and "\n:caption: " .. caption or "") .. (id ~= "" and "\n:name: " .. id or "") .. "\n\n" .. text .. "\n```")
  end
  local fence = "```"
  while text:find(fence, 1, true) do fence = fence .. "`" end
  return raw(fence .. language .. "\n" .. text:gsub("\n+$", "") .. "\n" .. fence)
end

function Link(el)
  el.target = el.target:gsub("%.[qQ]md", ".md"):gsub("%.[rR]md", ".md")
  el.attr = pandoc.Attr()
  return el
end

function Superscript(el) return raw_inline("{sup}`" .. pandoc.utils.stringify(el.content) .. "`") end
function Subscript(el) return raw_inline("{sub}`" .. pandoc.utils.stringify(el.content) .. "`") end
function Strikeout(el)
  tell("struck out words are not struck out: " .. pandoc.utils.stringify(el.content))
  return el.content
end

function LineBlock(el)
  local lines = pandoc.Inlines({})
  for i, line in ipairs(el.content) do
    if i > 1 then lines:insert(pandoc.LineBreak()) end
    lines:extend(line)
  end
  return pandoc.Para(lines)
end

function RawBlock(el)
  if el.format:match("^html") or el.format == "markdown" then return nil end
  tell("raw " .. el.format .. " is left out: " .. el.text:sub(1, 40):gsub("\n", " "))
  return {}
end

function RawInline(el)
  if el.format:match("^html") or el.format == "markdown" then return nil end
  tell("raw " .. el.format .. " is left out: " .. el.text:sub(1, 40))
  return {}
end

function Pandoc(doc)
  doc.meta = {}
  return doc
end
