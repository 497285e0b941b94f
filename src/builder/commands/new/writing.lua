-- What our filters write of MyST, and what they tell.

local TOLD = {}

-- What a person must look at: its kind, and the one that is meant.
local function tell(kind, thing)
  local line = kind .. "\t" .. (thing or ""):gsub("%s+", " ")
  if not TOLD[line] then
    TOLD[line] = true
    io.stderr:write("told: " .. line .. "\n")
  end
end

local function raw(text) return pandoc.RawBlock("markdown", text .. "\n") end
local function raw_inline(text) return pandoc.RawInline("markdown", text) end

-- Blocks or inlines as text of MyST, through the same filter.
local function written(blocks)
  return (pandoc.write(pandoc.Pandoc(blocks), {format = "markdown", extensions = PANDOC_WRITER_OPTIONS.extensions}, PANDOC_WRITER_OPTIONS):gsub("%s+$", ""))
end
local function words(inlines) return (written({pandoc.Plain(inlines)}):gsub("\n", " ")) end

-- Blocks without the rules between them, which stand in no box of MyST.
local function without_rules(content)
  local kept = pandoc.Blocks(content):filter(function(block) return block.t ~= "HorizontalRule" end)
  if #kept < #content then tell("Rules inside of boxes are left out") end
  return kept
end

-- A value as an option of a directive has it: one that YAML would read in another way in quotation marks.
local function value_of(text)
  if not text:match("^[\"'%[{%*&!|>%%@`#]") and not text:match(": ") and not text:match(" #") then return text end
  return "'" .. text:gsub("'", "''") .. "'"
end

-- A directive whose fence is longer than those inside.
local function directive(name, argument, options, content)
  local text = written(without_rules(content))
  local longest = 2
  for fence in ("\n" .. text):gmatch("\n%s*(:::+)") do longest = math.max(longest, #fence) end
  local fence = string.rep(":", longest + 1)
  local lines = {fence .. "{" .. name .. "}" .. (argument ~= "" and " " .. argument or "")}
  for _, option in ipairs(options) do
    if option[2] ~= nil and option[2] ~= "" then lines[#lines + 1] = ":" .. option[1] .. ": " .. value_of(option[2]) end
  end
  if text ~= "" then lines[#lines + 1] = "\n" .. text end
  lines[#lines + 1] = fence
  return raw(table.concat(lines, "\n"))
end

local function length(text) return text and text:match("^[%d.]+%s*%a*%%?$") end

-- A figure or table with a label and without a caption has a number all the same, which MyST gives to captions.
local function with_number(id, caption)
  if id == "" or pandoc.utils.stringify(caption):match("%S") then return caption end
  return {pandoc.Plain({raw_inline("&nbsp;")})}
end

local function figure(id, target, alt, caption, attributes)
  return directive("figure", target, {
    {"name", id}, {"alt", alt}, {"width", length(attributes.width)}, {"height", length(attributes.height)}, {"target", attributes.target},
  }, with_number(id or "", caption))
end

-- The words of a label, which stand for what nobody wrote.
local function words_of(label) return (label:gsub("^%a+[-:]", ""):gsub("[-_]", " ")) end

return {
  directive = directive, figure = figure, raw = raw, raw_inline = raw_inline, tell = tell, with_number = with_number, words = words,
  words_of = words_of, written = written,
}
