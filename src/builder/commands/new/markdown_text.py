"""A document in the Markdown of GitHub, Obsidian, Hugo or Jekyll as MyST."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from myst_parser.slugs import github_slugify

from builder.commands.new.boxes import outside_code, with_alerts, with_diagrams, with_labels
from builder.commands.new.existing import front_matter
from builder.commands.new.gitbook_text import with_blocks_of_gitbook
from builder.commands.new.mdbook import titles_listed
from builder.commands.new.remarks import Remark
from builder.source.yaml_settings import names

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp")
WIKI = re.compile(
    r"(?P<shown>!?)\[\[(?P<name>[^\[\]|#\n]*)(?:#(?P<place>[^\[\]|\n]*))?(?:\|(?P<words>[^\[\]\n]*))?\]\]"
)
MARKED = re.compile(r"(?<![=\w])==(?=\S)([^=\n]+)(?<=\S)==(?![=\w])")
COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
BLOCK_NAME = re.compile(r"(?<![ \t])[ \t]+\^[\w-]+[ \t]*$", re.MULTILINE)
TOML_HEAD = re.compile(r"\+\+\+[ \t]*\n(?P<settings>.*?\n)\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
TOML_TITLE = re.compile(r"^title\s*=\s*[\"'](?P<title>.*?)[\"']\s*$", re.MULTILINE)

CODE_OF_HUGO = re.compile(
    r"\{\{[<%]\s*highlight\s+(?P<language>\w+)(?:(?!\}\})[^\n])*[>%]\}\}\n?"
    r"(?P<code>(?:(?!\{\{[<%]\s*highlight\s).)*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
CODE_OF_JEKYLL = re.compile(
    r"\{%-?\s*highlight\s+(?P<language>\w+)(?:(?!%\})[^\n])*%\}\n?"
    r"(?P<code>(?:(?!\{%-?\s*highlight\s).)*?)\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
SHORTCODE = re.compile(r"\{\{[<%]\s*(?P<name>/?\s*[\w-]+)\s*(?P<given>.*?)\s*/?[>%]\}\}")
LIQUID = re.compile(
    r"\{%-?\s*(?P<name>\w+)\s*(?P<given>.*?)\s*-?%\}|\{\{\s*(?P<value>(?:site|page)\.[\w.]+)[^}\n]*\}\}"
)
KRAMDOWN = re.compile(r"(?<![ \t])[ \t]*+\{:[^{}\n]*\}")
GIVEN = re.compile(r"(?<!\w)(?P<name>\w+)=(?:\"(?P<value>[^\"]*)\"|(?P<bare>\S+))")
OF_USE = ("title",)
"""What of a front matter a document of ours has."""


def of_markdown(path: Path, text: str, root: Path) -> tuple[str, tuple[Remark, ...]]:
    """Return the MyST of a document below the folder ``root``, and what has to be looked at."""
    look_at: list[Remark] = []
    head, body = head_and_body(text)
    look_at += [Remark("Front matter without use here", str(key)) for key in head if key not in OF_USE]
    body = with_blocks_of_gitbook(CODE_OF_JEKYLL.sub(code, CODE_OF_HUGO.sub(code, body)))
    body = with_labels(with_diagrams(with_alerts(body)))
    body = outside_code(body, lambda part: of_generators(of_obsidian(part, path, root, look_at), look_at))
    title = names(head.get("title")) or titles_listed(root.absolute()).get(path.relative_to(root).as_posix(), "")
    if title and not re.search(r"^# |^=+[ \t]*$", body, re.MULTILINE):
        body = f"# {title}\n\n{body.lstrip(chr(10))}"
    return body, tuple(look_at)


def head_and_body(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the front matter of a document, in YAML or in Hugo's TOML, and the text below it."""
    toml = TOML_HEAD.match(text)
    if toml is None:
        return front_matter(text)
    title = TOML_TITLE.search(toml["settings"])
    others = re.findall(r"^(\w+)\s*=", toml["settings"], re.MULTILINE)
    return dict.fromkeys(others, "") | {"title": title["title"] if title else ""}, text[toml.end() :]


def code(found: re.Match[str]) -> str:
    """Return code between two tags as a fence."""
    return f"```{found['language']}\n{found['code'].strip(chr(10))}\n```"


# --- Obsidian


@lru_cache(maxsize=4)
def files_by_name(root: Path) -> dict[str, Path]:
    """Each file in a folder by its name, and documents also without their ending, both in small letters."""
    found: dict[str, Path] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
            found.setdefault(path.name.lower(), path)
            if path.suffix.lower() == ".md":
                found.setdefault(path.stem.lower(), path)
    return found


def of_obsidian(text: str, path: Path, root: Path, look_at: list[Remark]) -> str:
    """Return a text whose links in double brackets lead to documents and pictures."""

    def wiki(found: re.Match[str]) -> str:
        name, place, words = (found[key] or "" for key in ("name", "place", "words"))
        shown = words or (f"{name}, {place}" if name and place else name or place)
        target = path if not name else files_by_name(root).get(name.rpartition("/")[2].lower())
        if target is None:
            look_at.append(Remark("Links that lead to nothing in the folder", f"`{found[0]}`"))
            return shown
        address = posixpath.relpath(target.relative_to(root).as_posix(), path.parent.relative_to(root).as_posix())
        if target.suffix.lower() in PICTURES:
            width = f'{{width="{words}px"}}' if words.isdigit() else ""
            return f"![{'' if words.isdigit() else words or target.stem}](<{address}>){width}"
        if found["shown"]:
            look_at.append(Remark("Documents that were shown in others are links here", f"`{found[0]}`"))
        slug = f"#{github_slugify(place)}" if place and not place.startswith("^") else ""
        return f"[{shown}](<{address if name else ''}{slug}>)"

    if not WIKI.search(text) and not (root / ".obsidian").is_dir():
        return MARKED.sub(r"**\1**", text)
    text = BLOCK_NAME.sub("", COMMENT.sub("", text))
    return MARKED.sub(r"**\1**", WIKI.sub(wiki, text))


# --- Hugo and Jekyll


def of_generators(text: str, look_at: list[Remark]) -> str:
    """Return a text without the tags of Hugo and Jekyll, of which those have MyST that say a link or a picture."""

    def left_out(found: re.Match[str]) -> str:
        look_at.append(Remark("Tags of the site generator are left out", f"`{found[0]}`"))
        return ""

    def shortcode(found: re.Match[str]) -> str:
        name, given = found["name"], found["given"]
        options = {item["name"]: item["value"] or item["bare"] or "" for item in GIVEN.finditer(given)}
        if name == "figure" and options.get("src"):
            caption = options.get("caption") or options.get("title") or ""
            alt = f":alt: {options['alt']}\n" if options.get("alt") else ""
            return (
                f":::{{figure}} {options['src']}\n{alt}\n{caption}\n:::"
                if caption
                else f"![{options.get('alt', '')}]({options['src']})"
            )
        if name in ("youtube", "vimeo") and (film := given.strip("\"' ")):
            host = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
            return f"<{host}{film}>"
        if name in ("ref", "relref"):
            return given.strip("\"' ")
        return left_out(found)

    def liquid(found: re.Match[str]) -> str:
        if found["value"] in ("site.baseurl", "site.url") or found["name"] in ("raw", "endraw"):
            return ""
        if found["name"] == "link":
            return found["given"]
        return left_out(found)

    text = SHORTCODE.sub(shortcode, text)
    look_at += [
        Remark("Attributes are left out", f"`{found.strip()}`")
        for found in KRAMDOWN.findall(text)
        if "toc" not in found
    ]
    return KRAMDOWN.sub("", LIQUID.sub(liquid, text).replace("](/", "](") if LIQUID.search(text) else text)
