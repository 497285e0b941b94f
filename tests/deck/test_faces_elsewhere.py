"""Programs that do not take faces out of decks show DejaVu Sans for them: each text has room for its lines too."""

from __future__ import annotations

import pytest

from builder.deck.lines import Typeface, break_runs, height_of, lay_out
from builder.deck.model import Paragraph, Run
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import EXACT, MOST, OWN, face

WIDTH, SIZE = 404.4, 26.0
WORDS = (Run("The clergy, whom he defended"),)
"""One line of Fira Sans in the width, and two of DejaVu Sans."""


def typeface(family: str) -> Typeface:
    return Typeface(family, Formulas())


def test_a_text_has_room_for_the_lines_of_the_other_face() -> None:
    broken = break_runs(WORDS, WIDTH, SIZE, typeface("Fira Sans"))
    assert broken.lines == ("The clergy, whom he defended",)
    assert broken.needed == 2
    assert broken.height(30) == 60


def test_paragraphs_stand_as_the_own_face_sets_them_and_the_room_is_below() -> None:
    laid = lay_out((Paragraph(WORDS), Paragraph(WORDS)), WIDTH, SIZE, typeface("Fira Sans"))
    pitch = laid[0].height
    assert laid[1].y == pytest.approx(pitch + laid[1].before)
    assert height_of(laid) == pytest.approx(4 * pitch + laid[1].before)


def test_a_word_that_the_other_face_cuts_does_not_fit() -> None:
    words = (Run("whom Konvergenzgebietes"),)
    own, other = (typeface("Fira Sans").widths(words[0], "Konvergenzgebietes", SIZE)[which] for which in (OWN, MOST))
    assert own < other
    assert not break_runs(words, (own + other) / 2, SIZE, typeface("Fira Sans")).fits_elsewhere
    assert break_runs(words, other + 1, SIZE, typeface("Fira Sans")).fits_elsewhere


def test_a_face_that_is_everywhere_needs_no_more() -> None:
    broken = break_runs(WORDS, WIDTH, SIZE, typeface("Arial"))
    assert broken.needed == len(broken.lines) == 1


def test_a_face_that_is_not_here_has_room_for_the_one_that_is_shown_for_it() -> None:
    broken = break_runs(WORDS, WIDTH, SIZE, typeface("Verdana"))
    assert (len(broken.lines), broken.needed) == (1, 2)


@pytest.mark.parametrize("bold", [False, True])
def test_the_other_face_is_wider(bold: bool) -> None:
    for family, least in (("Fira Sans", 1.1), ("Libertinus Serif", 1.2)):
        widths = face(family, bold).widths("In your country two powers exist side by side", 20)
        assert widths[MOST] > least * widths[EXACT]
        assert widths[OWN] < widths[MOST]
