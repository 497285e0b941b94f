"""Formulas as one says them, for those who hear a book: ``chi sub n minus 1 squared``.

The rules for sixteen languages are mathra's. `SIGNS` has words for signs that it leaves as they are, after the names of
Unicode and the words of the languages' textbooks. In other languages a formula is read as its line of Unicode.
"""

from __future__ import annotations

import re

from builder.typeset.math.linear import linear
from builder.typeset.math.meaning import LOCALES, speech

LANGUAGES = ("en", "de", "fr", "es")
"""The languages of the columns of `SIGNS`."""

SIGNS = {
    "⟨": ("left angle bracket", "spitze Klammer auf", "chevron ouvrant", "ángulo izquierdo"),
    "⟩": ("right angle bracket", "spitze Klammer zu", "chevron fermant", "ángulo derecho"),
    "⌊": ("floor of", "untere Gaußklammer auf", "partie entière inférieure de", "suelo de"),
    "⌋": ("end floor", "untere Gaußklammer zu", "fin de la partie entière", "fin del suelo"),
    "⌈": ("ceiling of", "obere Gaußklammer auf", "partie entière supérieure de", "techo de"),
    "⌉": ("end ceiling", "obere Gaußklammer zu", "fin de la partie entière", "fin del techo"),
    "‖": ("double bar", "Doppelstrich", "double barre", "doble barra"),
    "⊤": ("top", "transponiert", "transposée", "traspuesta"),
    "⊥": ("perpendicular", "senkrecht", "perpendiculaire", "perpendicular"),
    "⊗": ("tensor product", "Tensorprodukt", "produit tensoriel", "producto tensorial"),
    "⊕": ("direct sum", "direkte Summe", "somme directe", "suma directa"),
    "⊙": ("circled dot", "Kreispunkt", "point cerclé", "punto en círculo"),
    "∘": ("composed with", "verknüpft mit", "rond", "compuesta con"),
    "⋆": ("star", "Stern", "étoile", "estrella"),
    "∗": ("star", "Stern", "étoile", "asterisco"),
    "†": ("dagger", "Kreuz", "croix", "daga"),
    "∨": ("or", "oder", "ou", "o"),
    "∧": ("and", "und", "et", "y"),
    "¬": ("not", "nicht", "non", "no"),
    "∖": ("without", "ohne", "privé de", "menos"),
    "∼": ("is distributed as", "ist verteilt wie", "suit", "se distribuye como"),
    "≅": ("is congruent to", "ist isomorph zu", "est isomorphe à", "es isomorfo a"),
    "≃": ("is similar to", "ist ähnlich zu", "est semblable à", "es semejante a"),
    "≡": ("is identical to", "ist identisch mit", "est identique à", "es idéntico a"),
    "≪": ("is much less than", "ist viel kleiner als", "est très inférieur à", "es mucho menor que"),
    "≫": ("is much greater than", "ist viel größer als", "est très supérieur à", "es mucho mayor que"),
    "⪯": ("precedes or equals", "ist vor oder gleich", "précède ou égale", "precede o es igual a"),
    "≺": ("precedes", "ist vor", "précède", "precede a"),
    "≻": ("succeeds", "ist nach", "succède à", "sucede a"),
    "⪰": ("succeeds or equals", "ist nach oder gleich", "succède ou égale", "sucede o es igual a"),
    "∋": ("contains", "enthält", "contient", "contiene"),
    "⊃": ("is a superset of", "ist Obermenge von", "contient strictement", "es superconjunto de"),
    "⊇": ("is a superset of or equal to", "ist Obermenge oder gleich", "contient", "contiene o es igual a"),
    "⩽": ("is less than or equal to", "ist kleiner oder gleich", "est inférieur ou égal à", "es menor o igual que"),
    "⩾": ("is greater than or equal to", "ist größer oder gleich", "est supérieur ou égal à", "es mayor o igual que"),
    "∴": ("therefore", "daher", "donc", "por tanto"),
    "←": ("left arrow", "Pfeil nach links", "flèche gauche", "flecha izquierda"),
    "↑": ("up arrow", "Pfeil nach oben", "flèche haut", "flecha arriba"),
    "↓": ("down arrow", "Pfeil nach unten", "flèche bas", "flecha abajo"),
    "↔": ("left right arrow", "Doppelpfeil", "flèche double", "flecha doble"),
    "↦": ("maps to", "wird abgebildet auf", "a pour image", "se asigna a"),
    "⇐": ("is implied by", "wird impliziert von", "est impliqué par", "es implicado por"),
    "⊢": ("proves", "beweist", "prouve", "demuestra"),
    "⊨": ("models", "erfüllt", "satisfait", "satisface"),
    "⋮": ("vertical dots", "Punkte senkrecht", "points verticaux", "puntos verticales"),
    "⋱": ("diagonal dots", "Punkte schräg", "points en diagonale", "puntos diagonales"),
    "ℓ": ("l", "l", "l", "l"),
    "ℏ": ("h bar", "h quer", "h barre", "h barra"),
    "ℜ": ("real part", "Realteil", "partie réelle", "parte real"),
    "ℑ": ("imaginary part", "Imaginärteil", "partie imaginaire", "parte imaginaria"),
    "ℵ": ("aleph", "Aleph", "aleph", "álef"),
    "□": ("square", "Quadrat", "carré", "cuadrado"),
    "ι": ("iota", "Iota", "iota", "iota"),
    "υ": ("upsilon", "Ypsilon", "upsilon", "ípsilon"),
    "ς": ("final sigma", "Schluss-Sigma", "sigma final", "sigma final"),
}
"""Words of a sign, in each of `LANGUAGES`."""

_SIGN = re.compile("|".join(map(re.escape, SIGNS)))


def spoken(latex: str, language: str) -> str:
    """How one says a formula without macros of the project in a language by its code (``de``, ``pt-BR``)."""
    code = re.split("[-_]", language.lower())[0]
    said = speech(latex, code) if code in LOCALES else ""
    return with_words(said.replace("\\", "∖"), code) or linear(latex)


def with_words(said: str, code: str) -> str:
    """``said`` with the words of its signs, in a language that has them."""
    if code not in LANGUAGES:
        return said
    column = LANGUAGES.index(code)
    return " ".join(_SIGN.sub(lambda sign: f" {SIGNS[sign[0]][column]} ", said).split())
