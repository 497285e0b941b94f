"""Layouts of a template: their types and names by kind of slide, and the placeholders that they have."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from builder.pptx.package.namespaces import qn
from builder.pptx.template.masters import LayoutPlaceholder, Sheet, SlideLayout

LAYOUT_TYPES = {
    "title": ("title",),
    "section": ("secHead",),
    "content": ("obj", "tx"),
    "comparison": ("twoTxTwoObj",),
    "title_only": ("titleOnly",),
    "blank": ("blank",),
    "statement": (),
    "number": (),
    "question": (),
    "quote": (),
    "picture": (),
}
"""Kind of slide → its layout types (``ST_SlideLayoutType``, ECMA-376 part 1, 19.7.15), none where the standard has no
name for it."""

STAND_INS = {
    "title": ("section", "content"),
    "section": ("title",),
    "title_only": ("content",),
    **dict.fromkeys(("statement", "number", "question", "quote", "picture"), ("title_only",)),
}
"""What serves where a template has nothing of its own: a placeholder that is not filled does not show."""

FIELDS = ("section", "lecture number", "author", "extent", "logo", "licence")
"""Places of a layout that are known by the name of their placeholder, whatever its type is: the section above a title;
the number of the lecture, who gives it where and when, what it covers, a logo and the licence on a title slide."""

NAMES = {
    "title": (
        "title slide", "titelfolie", "diapositive de titre", "diapositiva de título", "diapositiva titolo",
        "slide de título", "титульный слайд", "标题幻灯片", "タイトル スライド", "제목 슬라이드", "slajd tytułowy",
        "titeldia", "rubrikbild", "titelslide", "title page", "cover", "deckblatt", "couverture", "portada",
        "copertina", "обложка", "гарчиг слайд",
    ),
    "section": (
        "section header", "section title", "abschnittsüberschrift", "abschnitt", "titre de section",
        "encabezado de sección", "intestazione sezione", "cabeçalho da secção", "cabeçalho de seção",
        "заголовок раздела", "节标题", "セクション見出し", "구역 머리글", "nagłówek sekcji", "sectiekop",
        "avsnittsrubrik", "divider", "trennfolie",
    ),
    "content": (
        "title and content", "title, content", "titel und inhalt", "titre et contenu", "título y objetos",
        "título y contenido", "titolo e contenuto", "título e objeto", "título e conteúdo", "заголовок и объект",
        "标题和内容", "タイトルとコンテンツ", "제목 및 내용", "tytuł i zawartość", "titel en object",
        "rubrik och innehåll", "title and body", "title and text", "titel und text", "titre et texte", "título y texto",
        "titolo e testo", "título e texto", "タイトルとテキスト", "标题和文本", "제목 및 텍스트", "content", "inhalt",
        "contenu", "contenido", "contenuto", "conteúdo", "bullets", "title & bullets", "title, bullets",
    ),
    "agenda": (
        "agenda", "contents", "table of content", "table of contents", "inhaltsverzeichnis", "sommaire", "índice",
        "indice", "sumário", "оглавление", "目次", "目录", "목차", "spis treści", "inhoud", "innehåll",
    ),
    "closing": (
        "closing", "end", "end slide", "thank you", "thanks", "contact", "ende", "danke", "abschluss", "kontakt",
        "merci", "fin", "gracias", "grazie", "obrigado", "спасибо", "ありがとうございました", "감사합니다",
    ),
    "comparison": (
        "comparison", "vergleich", "comparaison", "comparación", "confronto", "comparação", "сравнение", "比较",
        "比較", "비교", "porównanie", "vergelijking", "jämförelse",
    ),
    "title_only": (
        "title only", "nur titel", "titre seul", "solo el título", "sólo el título", "solo titolo", "só título",
        "somente título", "только заголовок", "仅标题", "タイトルのみ", "제목만", "tylko tytuł", "alleen titel",
        "endast rubrik",
    ),
    "blank": (
        "blank", "leer", "vide", "en blanco", "vuota", "em branco", "пустой слайд", "空白", "白紙", "빈 화면",
        "pusty", "leeg", "tom",
    ),
    "statement": (
        "statement", "main point", "big statement", "key message", "aussage", "kernaussage", "hauptpunkt",
        "point principal", "affirmation", "message clé", "declaración", "punto principal", "afirmación",
        "affermazione", "dichiarazione", "afirmação", "ponto principal", "утверждение", "главная мысль", "陈述", "要点",
        "ステートメント", "주요 사항", "stwierdzenie", "stelling", "påstående",
    ),
    "number": (
        "number", "big number", "big fact", "key figure", "zahl", "große zahl", "kennzahl", "chiffre", "chiffre clé",
        "grand nombre", "número", "cifra", "dato", "número grande", "numero", "número em destaque", "число",
        "крупное число", "大数字", "数字", "大きな数字", "큰 숫자", "liczba", "getal", "tal",
    ),
    "question": (
        "question", "question to the room", "discussion", "frage", "diskussion", "discussion en classe", "pregunta",
        "domanda", "pergunta", "вопрос", "问题", "質問", "질문", "pytanie", "vraag", "fråga",
    ),
    "quote": (
        "quote", "quotation", "quote with caption", "zitat", "zitat mit beschriftung", "citation",
        "citation avec légende", "cita", "cita con descripción", "citazione", "citazione con didascalia", "citação",
        "citação com legenda", "цитата", "цитата с подписью", "引言", "带描述的引言", "引用", "인용문", "cytat",
        "citaat", "citat",
    ),
    "picture": (
        "picture", "full picture", "full bleed", "picture full", "full-bleed picture", "photo", "photo full",
        "vollbild", "bild vollflächig", "image pleine page", "photo pleine page", "imagen completa", "foto completa",
        "immagine a tutta pagina", "imagem inteira", "изображение на весь слайд", "全屏图片", "全画面の図",
        "전체 그림", "pełny obraz", "volledige afbeelding", "helbild",
    ),
}  # fmt: skip
"""Kind of slide → how programs and houses call its layout, in lower case; ``agenda`` and ``closing`` are those that
serve for no other kind."""

FURNITURE = {"dt", "ftr", "sldNum", "hdr", *FIELDS}
LONG_NAME = 8
"""Letters that a name has at least of which a longer one may be made: ``blank with logo`` says nothing."""
TEXT_TYPES = ("obj", "body")


def spelt(name: str) -> str:
    """Return the name of a layout as `NAMES` spells it: without the numbers that PowerPoint gives to copies
    (``1_Title Slide``) and without breaks of lines; Google Slides writes ``BIG_NUMBER``."""
    whole = re.sub(r"-\s*[\n\v]\s*", "", name)
    whole = re.sub(r"^\d+_|[\s_]\d+$", "", " ".join(whole.split()))
    return whole.replace("_", " ").strip().casefold()


def named_role(layout: SlideLayout) -> str:
    """Return the kind of slide that a layout is called after, the whole name first, then how it begins
    (``Title Slide, dark``); '' for another name."""
    name = spelt(layout.name)
    for role, names in NAMES.items():
        if name in names:
            return role
    return next((role for role, names in NAMES.items() if name.startswith(begins(names))), "")


def begins(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return how longer names begin that are called after one of ``names``, which has more than one word or is long."""
    return tuple(f"{name}{after}" for name in names if len(name) >= LONG_NAME for after in (" ", ",", "-", ":", "("))


def kinds(layout: SlideLayout) -> Counter[str]:
    """Return how many placeholders of each type a layout has, dates, feet and numbers aside."""
    found = map(kind_of, layout.placeholders)
    return Counter(kind for kind in found if kind and kind not in FURNITURE)


def mark_of(shape: Any) -> Any | None:
    """Return the ``p:ph`` of a shape."""
    return shape.element.find(f".//{qn('p:ph')}")


def kind_of(shape: Any) -> str:
    """Return the type of a placeholder (``obj`` is the default), one of `FIELDS` for the places that have a name of
    their own, '' for another shape."""
    mark = mark_of(shape)
    if mark is None:
        return ""
    name = str(shape.element.find(f".//{qn('p:cNvPr')}").get("name", "")).strip().casefold()
    return name if name in FIELDS else str(mark.get("type", "obj"))


def placeholder(layout: Sheet, *types: str) -> LayoutPlaceholder | None:
    """Return the first placeholder of ``layout`` that is of the first of the types that it has."""
    found = ((shape for shape in layout.placeholders if kind_of(shape) == kind) for kind in types)
    return next((shape for shapes in found for shape in shapes), None)


def main_place(layout: SlideLayout) -> LayoutPlaceholder | None:
    """Return the largest placeholder for text and objects; the first one where none has a place."""
    found = [shape for shape in layout.placeholders if kind_of(shape) in TEXT_TYPES]
    return max(found, key=lambda shape: area_of(shape.box), default=None)


def area_of(box: tuple[int, int, int, int] | None) -> int:
    """Return width times height of a place in EMU, 0 for none."""
    return box[2] * box[3] if box is not None else 0
