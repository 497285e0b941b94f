-- Cells of code, which are not run: what is shown of them, and the places of what they draw. This filter goes before myst.lua.

local writing = dofile(pandoc.path.join({pandoc.path.directory(PANDOC_SCRIPT_FILE), "writing.lua"}))
local directive, figure, raw, tell = writing.directive, writing.figure, writing.raw, writing.tell
local REFERRED = {}
for label in (os.getenv("REFERRED") or ""):gmatch("%S+") do REFERRED[label] = true end

-- Label of a cell, or the name that knitr gives it → the picture of it in the rendered book.
local RENDERED = {}
for label, file in (os.getenv("RENDERED") or ""):gmatch("([^\n=]+)=([^\n]+)") do RENDERED[label] = file end
local AS_RENDERED = "Pictures that are taken from the rendered book: see whether the code draws them so now"

local HIDDEN = {["false"] = true, FALSE = true, F = true}
local DIAGRAMS = {mermaid = "mermaid", dot = "graphviz", graphviz = "graphviz"}

local function read(text) return pandoc.read(text, "markdown-smart").blocks end

local function diagram(language, text, options)
  local lines = {"```{" .. DIAGRAMS[language] .. "}"}
  local caption = options["fig-cap"] or ""
  if options.label and caption == "" then caption = "&nbsp;" end
  if caption ~= "" then lines[#lines + 1] = ":caption: " .. caption end
  if options.label then lines[#lines + 1] = ":name: " .. options.label end
  return raw(table.concat(lines, "\n") .. "\n" .. text .. "\n```")
end

local function shown(language, text)
  local fence = "```"
  while text:find(fence, 1, true) do fence = fence .. "`" end
  return raw(fence .. language .. "\n" .. text:gsub("\n+$", "") .. "\n" .. fence)
end

local function listing(language, text, caption, id)
  return raw("```{code-block} " .. language .. (caption ~= "" and "\n:caption: " .. caption or "") .. (id ~= "" and "\n:name: " .. id or "") .. "\n\n" .. text .. "\n```")
end

-- The title that the code of a picture gives it, in R or Python; '' where it gives none.
local function title_of(text)
  for _, before in ipairs({"%f[%w_]title%s*=%s*", "%f[%w_]main%s*=%s*", "%f[%w_]ggtitle%s*%(%s*", "%f[%w_]title%s*%(%s*"}) do
    local found = text:match(before .. "\"([^\"\n]+)\"") or text:match(before .. "'([^'\n]+)'")
    if found then return found end
  end
  return ""
end

-- What a picture that code draws shows: what the author says, the words of its label or its title, or only what it is.
local function described(text, options)
  for _, said in ipairs({options["fig-alt"] or "", options["fig-cap"] or "", options.label and writing.words_of(options.label) or "", title_of(text)}) do
    if said:match("%S") then return said end
  end
  return os.getenv("PLOT") or ""
end

-- The place of a picture that code draws.
local function drawn_figure(label, options)
  local caption = options["fig-cap"] or ""
  local alt = options["fig-alt"] or (caption ~= "" and caption or writing.words_of(options.label))
  if RENDERED[options.label] then
    tell(AS_RENDERED, options.label)
    return figure(label, RENDERED[options.label], alt, read(caption), {})
  end
  tell("Figures that code draws, which is not run: save each picture under this name, beside its document", options.label .. ".png")
  return figure(label, options.label .. ".png", alt, read(caption), {})
end

-- The place of a table that code makes.
local function made_table(label, text, options)
  local caption = options["tbl-cap"] or options["tab-cap"] or text:match("caption%s*=%s*\"(.-)\"") or "&nbsp;"
  tell("Tables that code makes, which is not run: write their rows into the document", options.label)
  return directive("table", caption, {{"name", label}}, {raw("| `" .. label .. "` |\n|---|\n|  |")})
end

-- What a cell draws or makes, as far as its options and its references say so.
local function results(text, options)
  local label = options.label
  if not label then return nil end
  if options["fig-cap"] or label:match("^fig%-") then return drawn_figure(label:match("^fig[-:]") and label or "fig:" .. label, options) end
  if label:match("^tbl%-") then return made_table(label, text, options) end
  if REFERRED["tab:" .. label] then return made_table("tab:" .. label, text, options) end
end

local function cell(language, text, options)
  local label = options.label and (options.label:match("^fig[-:]") and options.label or "fig:" .. options.label)
  local picture = text:match("include_graphics%(%s*[\"']([^\"']+)[\"']")
  if language == "verbatim" then return shown(options.lang or "", text) end
  local runs = not HIDDEN[options.eval or ""]
  if picture and runs then
    local caption = options["fig-cap"] or ""
    return figure(label or "fig:" .. picture, picture, options["fig-alt"] or caption, read(caption), {width = options["out-width"] or options.out_width})
  end
  local drawn = runs and results(text, options) or nil
  local rendered = runs and not drawn and RENDERED[options.label or options.chunk]
  if rendered then
    tell(AS_RENDERED, options.label or options.chunk)
    drawn = raw("![" .. described(text, options) .. "](" .. rendered .. ")")
  end
  if HIDDEN[options.echo or ""] or HIDDEN[options.include or ""] then
    if not drawn then tell("Code that is run and not shown is left out, with what it makes", options.label or "a cell") end
    return drawn or {}
  end
  tell("Code that is shown and not run: results of its cells are not in the book")
  local caption = options["lst-cap"] or ""
  local id = options["lst-label"] or ""
  local code = (caption ~= "" or id ~= "") and listing(language, text, caption, id) or shown(language, text)
  return {code, drawn}
end

function CodeBlock(el)
  local language = el.classes[1] or ""
  local options = {}
  for key, value in pairs(el.attributes) do options[key] = value end
  if DIAGRAMS[language] then return diagram(language, el.text, options) end
  if el.classes:includes("cell-source") then return cell(language, el.text, options) end
  local caption = options["lst-cap"] or ""
  if caption ~= "" or el.identifier ~= "" then return listing(language, el.text, caption, el.identifier) end
  return shown(language, el.text)
end

function Code(el)
  local run = el.text:match("^{?r}? .+") or el.text:match("^{%a+} .+")
  if run then tell("Code in a line is not run: write its result in its place", "`" .. run .. "`") end
end
