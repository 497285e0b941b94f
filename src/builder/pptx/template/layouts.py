"""Which layout of a template serves for which kind of slide: by type, by name, by placeholders, by geometry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.pptx.package.namespaces import qn
from builder.pptx.template.masters import LayoutPlaceholder, Sheet, SlideLayout, TemplateFile

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

REQUIRED = ("title", "section", "content", "title_only")
STAND_INS = {
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
        "rubrik och innehåll", "title and body",
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
"""Kind of slide → how programs and houses call its layout, in lower case."""

FURNITURE = {"dt", "ftr", "sldNum", "hdr", *FIELDS}
LEAST_CONTENT = 0.25
"""What part of a slide the place for content covers at least."""


@dataclass(frozen=True, slots=True)
class Match:
    """A layout by its index and name, and ``by`` what it was recognized."""

    index: int
    name: str
    by: str


def match_layouts(template: TemplateFile) -> dict[str, Match]:
    """Return kind of slide → its layout. Kinds that a template has nothing for are left out."""
    layouts = template.layouts
    area = template.width * template.height
    ways: tuple[tuple[str, Callable[[str, SlideLayout], bool]], ...] = (
        ("type", lambda role, layout: layout.element.get("type") in LAYOUT_TYPES[role] and can_be(role, layout)),
        ("name", lambda role, layout: spelt(layout.name) in NAMES[role] and can_be(role, layout)),
        ("placeholders", lambda role, layout: has_placeholders(role, layout)),
        ("geometry", lambda role, layout: has_geometry(role, layout, area, template.height)),
    )
    found: dict[str, Match] = {}
    for by, fits in ways:
        for role in LAYOUT_TYPES:
            taken = {match.index for match in found.values()}
            free = (index for index, layout in enumerate(layouts) if index not in taken and fits(role, layout))
            index = next(free, None) if role not in found else None
            if index is not None:
                found[role] = Match(index, layouts[index].name, by)
    for role, others in STAND_INS.items():
        other = next((found[name] for name in others if name in found), None)
        if role not in found and other is not None:
            found[role] = Match(other.index, other.name, "stand-in")
    return found


def spelt(name: str) -> str:
    """Return the name of a layout as `NAMES` spells it; Google Slides writes ``BIG_NUMBER``."""
    return name.replace("_", " ").strip().casefold()


def kinds(layout: SlideLayout) -> Counter[str]:
    """Return how many placeholders of each type a layout has, dates, feet and numbers aside."""
    found = map(kind_of, layout.placeholders)
    return Counter(kind for kind in found if kind and kind not in FURNITURE)


def can_be(role: str, layout: SlideLayout) -> bool:
    """Return whether a layout has at least the placeholders that a kind of slide fills."""
    has = kinds(layout)
    if role == "blank":
        return True
    if not (has["title"] or has["ctrTitle"]):
        return False
    if role in ("content", "number", "quote"):
        return bool(has["obj"] or has["body"])
    if role == "picture":
        return bool(has["pic"])
    return role != "title" or bool(has["subTitle"] or has["body"])


def has_placeholders(role: str, layout: SlideLayout) -> bool:
    """Return whether a layout has just the placeholders of a kind of slide."""
    has = kinds(layout)
    titles = has["title"] + has["ctrTitle"]
    rest = Counter({kind: count for kind, count in has.items() if kind not in ("title", "ctrTitle")})
    wanted = {
        "title": titles == 1 and rest == Counter(subTitle=1),
        "section": titles == 1 and rest == Counter(body=1),
        "content": titles == 1 and rest == Counter(obj=1),
        "comparison": titles == 1 and rest == Counter(body=2, obj=2),
        "title_only": titles == 1 and not rest,
        "blank": not has,
    }
    return wanted.get(role, False)


def has_geometry(role: str, layout: SlideLayout, area: int, height: int) -> bool:
    """Return whether a layout with more than is needed has its large places where a kind of slide has them."""
    if not can_be(role, layout):
        return False
    if role == "content":
        return any(width * tall >= LEAST_CONTENT * area for width, tall in sizes(layout, "obj", "body"))
    if role == "title":
        title = placeholder(layout, "title", "ctrTitle")
        box = title.box if title is not None else None
        return box is not None and 0.3 < (box[1] + box[3] / 2) / height < 0.7
    return False


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
    """Return the first placeholder of ``layout`` that is of one of the types."""
    return next((shape for shape in layout.placeholders if kind_of(shape) in types), None)


def sizes(layout: SlideLayout, *wanted: str) -> Iterator[tuple[int, int]]:
    """Yield width and height in EMU of the placeholders of some types, as far as the layout or its master gives
    them."""
    for shape in layout.placeholders:
        box = shape.box if kind_of(shape) in wanted else None
        if box is not None:
            yield box[2], box[3]
