"""Icons that sphinx-design and HTML put among words: their names, and the characters that look like them.

Text of office programs holds no pictures, and fonts of web pages are not there in print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeGuard

from docutils import nodes

from builder.source.pictures.sizes import LINE, points

SIGNS = {
    "✓": "check done tasklist", "✔": "check-circle circle-check verified check-square square-check task-alt",
    "✗": "x x-circle times times-circle xmark circle-xmark close cancel clear", "＋": "plus plus-circle add add-circle",
    "−": "dash minus remove minus-circle", "⚠": "alert warning exclamation-triangle triangle-exclamation report error",
    "ℹ": "info info-circle circle-info", "❓": "question question-circle circle-question help help-outline",
    "❗": "exclamation exclamation-circle circle-exclamation priority-high issue-opened",
    "💡": "light-bulb lightbulb tips-and-updates", "🚀": "rocket rocket-launch", "★": "star grade",
    "♥": "heart favorite", "🏠": "home house", "🔍": "search magnifying-glass zoom-in", "⚙": "gear cog settings gears",
    "🔧": "tools wrench build handyman", "📖": "book book-open menu-book book-reader auto-stories", "📚": "library",
    "🔗": "link", "↗": "link-external external-link external-link-alt open-in-new arrow-up-right-from-square "
    "arrow-up-right", "⬇": "download desktop-download file-download cloud-download", "⬆": "upload file-upload",
    "→": "arrow-right arrow-forward long-arrow-alt-right right-long", "←": "arrow-left arrow-back",
    "↑": "arrow-up arrow-upward", "↓": "arrow-down arrow-downward", "›": "chevron-right", "‹": "chevron-left",
    "▸": "triangle-right caret-right", "▾": "triangle-down caret-down chevron-down expand-more",
    "▴": "triangle-up caret-up chevron-up expand-less", "▶": "play play-circle circle-play play-arrow",
    "⏸": "pause", "⏹": "stop", "✉": "mail envelope email", "👤": "person user account-circle circle-user",
    "👥": "people users user-group group organization groups", "🗑": "trash trash-alt trash-can delete",
    "✏": "pencil edit pen pencil-alt pen-to-square", "🕒": "clock schedule access-time history",
    "⏳": "hourglass hourglass-half hourglass-start", "📅": "calendar calendar-alt calendar-days calendar-today event",
    "🐛": "bug bug-report", "⚡": "zap bolt flash-on", "🔥": "flame fire local-fire-department",
    "🎁": "gift", "🌐": "globe language public earth", "🚩": "flag", "📌": "pin thumbtack push-pin",
    "📍": "location map-marker map-marker-alt location-dot place location-on",
    "🎓": "mortar-board graduation-cap school",
    "💻": "device-desktop laptop laptop-code computer desktop", "📱": "device-mobile mobile mobile-alt smartphone",
    "📞": "phone phone-alt call", "📷": "device-camera camera photo-camera", "🖼": "image photo picture-o",
    "🎥": "video device-camera-video video-camera videocam film", "👍": "thumbsup thumbs-up thumb-up",
    "👎": "thumbsdown thumbs-down thumb-down", "☺": "smiley smile face-smile mood", "☀": "sun light-mode",
    "🌙": "moon dark-mode", "⛔": "no-entry ban block circle-slash", "🔒": "lock", "🔓": "unlock lock-open",
    "🏷": "tag tags label", "💬": "comment comments comment-discussion chat forum comment-dots",
    "📄": "file file-alt file-lines description article file-code file-pdf",
    "📁": "file-directory folder folder-open",
    "🧪": "beaker flask science vial", "⚖": "law balance-scale scale-balanced balance gavel",
    "🔔": "bell notifications",
    "📊": "graph chart-bar bar-chart", "📈": "chart-line chart-area show-chart", "🔄": "sync refresh sync-alt rotate",
    "☕": "coffee mug-hot", "♪": "music music-note", "👁": "eye visibility", "📣": "megaphone bullhorn campaign",
    "📎": "paperclip attach-file attachment", "●": "dot circle", "☰": "three-bars bars menu list-unordered list",
    "…": "ellipsis kebab-horizontal ellipsis-h more-horiz", "❝": "quote quote-left format-quote",
    "🗄": "database storage",
    "🏆": "trophy emoji-events", "📝": "note note-sticky sticky-note checklist", "🔬": "microscope",
    "👆": "hand-point-up",
    "👉": "hand-point-right", "🌍": "globe-africa earth-africa globe-europe earth-europe",
    "📢": "volume-up volume-high",
    "🧠": "brain psychology", "🤖": "hubot robot smart-toy", "👩\u200d🏫": "chalkboard-teacher person-chalkboard",
}  # fmt: skip
"""Character → the icons that it looks like, in all sets."""
SIGN_OF = {name: sign for sign, names in SIGNS.items() for name in names.split()}
STYLES = re.compile(r"-(fill|filled|outline|outlined|o)$")
NAMED = re.compile(r"sd-(?:octicon|material-icon)-([\w-]+)|(?:fa|octicon|bi)-([a-z][\w-]*)")
"""Classes that name an icon: those of sphinx-design and of web fonts."""
FONT_CLASSES = {"fa", "fas", "far", "fab", "fa-solid", "fa-regular", "fa-brands", "bi", "octicon"}
"""Classes of HTML elements that web fonts draw an icon for."""
LOOKS = {
    "solid", "regular", "brands", "lg", "xs", "sm", "xl", "fw", "spin", "pulse", "border", "li", "stack", "inverse",
}  # fmt: skip
"""What such classes say of an icon beside its name."""


def is_icon_of_a_set(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """True for an icon of sphinx-design, and for one that HTML asks a font of the web page for; it has no words."""
    return isinstance(node, nodes.Element) and (type(node).__name__ == "sd_icon" or bool(node.get("icon")))


def name_of_icon(node: nodes.Element) -> str:
    """The name of an icon in its set."""
    if node.get("icon"):
        return str(node["icon"])
    found = re.search(r'class="([^"]*)"', node.get("svg", ""))
    return name_in(found[1].split()) if found else ""


def is_drawn_alone(node: nodes.Element) -> bool:
    """True for an icon that nothing but icons stands beside, and that is higher than a line or looks like no
    character: it is a picture.
    """
    if "<svg" not in node.get("svg", "") or not isinstance(node.parent, nodes.paragraph):
        return False
    beside = (child for child in node.parent.children if isinstance(child, nodes.Element) or child.astext().strip())
    if not all(map(is_icon_of_a_set, beside)):
        return False
    return points(height_of_icon(node)) > LINE or not sign_of(name_of_icon(node))


def height_of_icon(node: nodes.Element) -> str:
    """The height that a drawn icon asks for, with its unit."""
    found = re.search(r'\bheight="([^"]*)"', node.get("svg", ""))
    return found[1] if found else ""


def loss_of_icon(name: str, where: str) -> str:
    """What a warning says of an icon that ``where`` (``the slide``) lacks."""
    return f"the icon '{name}' is left out of {where}: no character looks like it; write a word or a picture instead."


def name_in(classes: Iterable[str]) -> str:
    """The name of the icon that classes ask for; '' without one."""
    matches = filter(None, map(NAMED.fullmatch, classes))
    names = (match[1] or match[2] for match in matches)
    return next((name for name in names if name not in LOOKS and not re.fullmatch(r"\d+x", name)), "")


def sign_of(name: str) -> str:
    """The character that looks like an icon; '' where none does."""
    plain = STYLES.sub("", name.lower().replace("_", "-"))
    return SIGN_OF.get(plain) or symbol_named(plain.replace("-", " "))


def symbol_named(words: str) -> str:
    """The symbol that Unicode calls so; '' without one."""
    try:
        found = unicodedata.lookup(words.upper())
    except KeyError:
        return ""
    return found if unicodedata.category(found) == "So" else ""


def icon_in_html(name: str, classes: str) -> str:
    """The name of the icon that an element of HTML shows in a font of the web page; '' where it shows none."""
    wanted = classes.split()
    return name_in(wanted) if name in ("i", "span") and FONT_CLASSES.intersection(wanted) else ""
