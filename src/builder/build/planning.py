"""A resolved document → its slides; the slides of its documents → the deck of a lecture, before the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.build.project import ReadProject
from builder.deck.conversion import BlockContext
from builder.deck.finish import files_in
from builder.deck.furniture import Work, furnished
from builder.deck.lectures import Lecture
from builder.deck.model import Deck, Run, Slide
from builder.deck.plan import Planner, title_slide
from builder.deck.scripts import language_tag
from builder.deck.showing import PlanOptions
from builder.deck.title_slide import beside
from builder.errors import AuthorError, Source
from builder.source.document_cache import Recorded, recording
from builder.source.html import words_of
from builder.source.numbers import BookNumbers
from builder.source.titles import title_of
from builder.store.stamps import stamp
from builder.typeset.wording import numbered


@dataclass(frozen=True, slots=True)
class Plan:
    """The slides of a document, the files that they show with their stamps, and the warnings and errors of the
    planning.

    ``is_lasting`` where the next build may use it; ``key`` is a digest of all that they are made from.
    """

    slides: tuple[Slide, ...]
    files: tuple[tuple[str, str], ...] = ()
    warnings: Recorded = ()
    errors: tuple[AuthorError, ...] = ()
    is_lasting: bool = True
    key: str = ""

    def is_current(self) -> bool:
        """True if the files that the slides show are as they were."""
        return all(stamp(Path(path)) == known for path, known in self.files)


def plan_document(project: ReadProject, docname: str, doctree: nodes.document) -> Plan:
    """The slides of a resolved document; none where planning them fails, which is reported."""
    planner = Planner(context_of(project, docname), plan_options(project.config))
    with recording() as recorder:
        try:
            slides = tuple(planner.plan(doctree))
        except Exception as bug:
            project.resolver.report_bug(f"the slides of '{docname}'", bug, project.source_of(docname))
            return Plan((), is_lasting=False)
    files = tuple((path, stamp(Path(path))) for path in sorted(files_in(slides)))
    return Plan(slides, files, tuple(recorder.warnings), tuple(planner.errors), not planner.errors)


def context_of(project: ReadProject, docname: str) -> BlockContext:
    """The surroundings of the nodes of a document."""
    return BlockContext(docname, BookNumbers(project.env), Path(project.resolver.srcdir), project.formulas, project.env)


def errors_between(lectures: Sequence[Lecture], plans: Mapping[str, Plan]) -> list[AuthorError]:
    """Return what is wrong between decks: a name of a slide that is used twice, a deck that ``:decks:`` names and that
    is not there.
    """
    names = {lecture.name for lecture in lectures}
    first: dict[str, Slide] = {}
    errors = []
    for slide in (slide for plan in plans.values() for slide in plan.slides):
        if slide.named and slide.key in first:
            message = f"the slide name '{slide.key}' is used already, in {first[slide.key].source}; names must differ."
            errors.append(AuthorError(message, slide.source))
        first.setdefault(slide.key, slide)
        for deck in slide.decks:
            if deck not in names:
                message = f"there is no deck '{deck}'; the decks are: {', '.join(sorted(names))}."
                errors.append(AuthorError(message, slide.source))
    return errors


def deck_of(project: ReadProject, lecture: Lecture, plans: Mapping[str, Plan], works: Mapping[str, Work]) -> Deck:
    """The deck of a lecture, without printed pages; ``works`` are those that the book cites.

    Raises:
        AuthorError: the lecture names a section that its document does not have.
    """
    config, words, book = project.config, project.words, title_of(project.env)
    slides = with_own_keys(slides_of(project.env, lecture, plans))
    headline = lecture.headline or (Run(lecture.title),)
    lang, author = language_tag(config.language or "en"), lecture.style.author or words_of(config.author)
    shown = beside(lecture.style, author, "".join(project.number_shown(lecture)), lang)
    opening = title_slide(f"{lecture.name}/title", headline, "", book)
    opening = replace(opening, source=lecture.source, beside=shown)
    number = numbered("lecture", project.number_shown(lecture), words)
    deck = Deck(
        name=lecture.name,
        title=lecture.title,
        book=book,
        author=author,
        lang=lang,
        slides=(opening, *slides),
        minutes=lecture.minutes,
        template=lecture.template,
        documents=lecture.documents,
        style=lecture.style,
        foot=" · ".join(part for part in (number, lecture.title) if part),
    )
    try:
        return furnished(deck, works, words)
    except Exception as error:
        project.resolver.report_bug(f"what stands round the slides of '{lecture.name}'", error, lecture.source)
        return deck


def slides_of(env: BuildEnvironment, lecture: Lecture, plans: Mapping[str, Plan]) -> list[Slide]:
    """The slides of a lecture in the order of its documents; in a deck that nobody declared, with those of a toctree
    in the middle of a page where that stands.

    Raises:
        AuthorError: a document does not have the section that is named.
    """
    slides: list[Slide] = []
    taken: set[str] = set()

    def take(item: str) -> None:
        if item in taken:
            return
        taken.add(item)
        docname, _, section = item.partition("#")
        wanted = section_labels(env, docname, section, lecture.source) if section else None
        for slide in plans[docname].slides:
            for name in slide.behind if not lecture.source.path else ():
                if name in lecture.documents:
                    take(name)
            in_deck = not slide.decks or lecture.name in slide.decks
            in_section = wanted is None or (slide.place is not None and slide.place.label in wanted)
            if in_deck and in_section:
                slides.append(slide)

    for item in lecture.documents:
        take(item)
    return slides


def with_own_keys(slides: Sequence[Slide]) -> list[Slide]:
    """``slides``, of which those that were given a name that another has (which is reported) are told from it by a
    number.
    """
    seen: Counter[str] = Counter()
    found = []
    for slide in slides:
        seen[slide.key] += 1
        again = seen[slide.key] > 1
        found.append(replace(slide, key=f"{slide.key}-{seen[slide.key]}", named=False) if again else slide)
    return found


def section_labels(env: BuildEnvironment, docname: str, section: str, source: Source) -> set[str]:
    """Labels of a section of a document and all sections in it.

    Raises:
        AuthorError: the document has no such section.
    """
    found = section_named(env, docname, section, source)
    return {f"{docname}:{node['ids'][0]}" for node in found.findall(nodes.section)}


def label_of(env: BuildEnvironment, item: str, source: Source) -> str:
    """The label in print of a document or a section that a lecture names.

    Raises:
        AuthorError: the document has no such section.
    """
    docname, _, section = item.partition("#")
    return f"{docname}:{section_named(env, docname, section, source)['ids'][0] if section else ''}"


def section_named(env: BuildEnvironment, docname: str, section: str, source: Source) -> nodes.section:
    """The section of a document with an id or name.

    Raises:
        AuthorError: there is none.
    """
    sections = list(env.get_doctree(docname).findall(nodes.section))
    found = next((node for node in sections if section in node["ids"] or section in node["names"]), None)
    if found is None:
        have = ", ".join(name for node in sections for name in node["ids"][:1])
        raise AuthorError(f"there is no section '{section}' in '{docname}'; it has: {have}.", source)
    return found


def plan_options(config: Any) -> PlanOptions:
    """The planner's options from conf.py."""
    return PlanOptions(
        verbatim=config.builder_point_style == "verbatim",
        outline=config.builder_plan == "outline",
        slide_level=config.builder_slide_level,
        notes_paragraphs=config.builder_notes_paragraphs,
        first_sentences=config.builder_first_sentences,
        edition=config.builder_edition,
    )
