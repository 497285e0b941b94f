"""The words of a printed book against those of the web book of the same project.

    python tools/compare_words.py _build/html _build/pdf/book.pdf

Says what part of the words of the pages' main text stands in the PDF, and which are missing. Formulas, navigation,
buttons and links to sources are left aside, and hyphenation is undone.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
from bs4 import BeautifulSoup

MAIN = ("article.bd-article", "[role=main]", "main", "article", "div.body", "body")
ASIDE = (
    "script, style, nav, button, .headerlink, .math, mjx-container, .viewcode-link, .prev-next-area, .builder-outputs, "
    ".toctree-wrapper, .copybtn, .sd-tab-set > input, .linenos, .footer-article, header.article-header, "
    ".bd-sidebar-secondary, "
    ".related, svg, .visually-hidden, details.hide > summary, "
    ".viewcode-back, dialog, .modindex-jumpbox, .sphinxsidebar, .toc-sidebar, "
    "[aria-hidden=true], details.changelog > summary, .prompt, "
    ".related-pages, #hd, #ft, #sidebar, "
    ".xr-section-summary-in:not([checked]) ~ .xr-section-details, .xr-var-data, .xr-var-attrs, .xr-index-data"
)
"""What is no text of a page; of outputs of xarray, what these fold, of which the plain text stands on paper."""
APART = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "img",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
]
"""Elements that a browser sets apart from what stands before and after; the rest are parts of one line, often of one
word.
"""
GENERATED = {"genindex", "search", "py-modindex", "modindex", "http-routingtable", "404"}
_WORD = re.compile(r"[^\W_]+")


def page_words(path: Path) -> Counter[str]:
    """Words of the main text of one page."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    main = next((found for selector in MAIN if (found := soup.select_one(selector)) is not None), soup)
    for element in main.select(ASIDE):
        element.decompose()
    for element in [*main.find_all(APART), *main.select(".classifier")]:
        element.insert_before(" ")
        element.insert_after(" ")
    return Counter(_WORD.findall(main.get_text().lower()))


def plain(text: str) -> str:
    """Text with ligatures and other compatibility forms resolved."""
    return unicodedata.normalize("NFKC", text)


def pdf_words(path: Path) -> Counter[str]:
    """Words of a PDF; one that is broken at the end of a line counts joined and in its parts."""
    document = pypdfium2.PdfDocument(path)
    text = plain("\n".join(page.get_textpage().get_text_range() for page in document)).replace("\r", "")
    text = text.replace("\u200b", "").lower()
    joined = re.sub(r"[-\u2010\u00ad]\n\s*|[\x02\ufffe]\s*", "", text)
    unbroken = re.sub(r"(?<=[\w./_:])\n↪?\s*(?=[\w./_])", "", joined)
    return Counter(_WORD.findall(text)) | Counter(_WORD.findall(joined)) | Counter(_WORD.findall(unbroken))


def compare(html: Path, pdf: Path, pages: set[str] | None = None) -> tuple[int, Counter[str]]:
    """Number of words of the web book, and those that the PDF lacks, with how often."""
    wanted: Counter[str] = Counter()
    for path in sorted(html.rglob("*.html")):
        name = path.relative_to(html).with_suffix("").as_posix()
        if name in GENERATED or name.startswith(("_modules/", "_static/", "_sources/")):
            continue
        if pages is None or name in pages:
            wanted += page_words(path)
    wanted = Counter({plain(word): count for word, count in wanted.items()})
    return wanted.total(), wanted - pdf_words(pdf)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("html", type=Path)
    arguments.add_argument("pdf", type=Path)
    arguments.add_argument("--most", type=int, default=40, help="how many missing words to list")
    arguments.add_argument(
        "--typst", type=Path, help="folder of the book's Typst text, so that orphan pages do not count"
    )
    given = arguments.parse_args()
    pages = {unquote(path.stem.removeprefix("doc-")) for path in given.typst.glob("doc-*.typ")} if given.typst else None
    total, missing = compare(given.html, given.pdf, pages)
    print(
        f"{total:,} words, {missing.total():,} missing: {100 * (1 - missing.total() / max(total, 1)):.2f} % are there"
    )
    print(", ".join(f"{word} ({count})" for word, count in missing.most_common(given.most)))


if __name__ == "__main__":
    main()
