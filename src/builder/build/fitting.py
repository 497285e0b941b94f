"""The slides of documents → fitted decks, each fitted once a build, and from memory where nothing that it is made from
changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.build.logos import is_seen_on, logo_file, logo_of
from builder.build.planning import Plan, deck_of
from builder.build.project import ReadProject, lecture_source
from builder.deck.finish import spans, with_floors
from builder.deck.fit import Fitter
from builder.deck.furniture import Work
from builder.deck.geometry import Area
from builder.deck.lectures import Lecture
from builder.deck.lines import Typeface
from builder.deck.minutes import with_times
from builder.deck.mirrored import from_the_right
from builder.deck.model import USUAL_STYLE, Deck, FittedDeck
from builder.deck.pages.papers import other_fonts
from builder.deck.title_slide import with_logo
from builder.deck.unparted import unbroken
from builder.deck.wide_formulas import with_formulas_that_fit
from builder.deck.works import works_of
from builder.errors import AuthorError, Source, warn
from builder.pptx.template.paint import ground_at, is_even_at
from builder.pptx.template.reading import Template, read_template, template_path
from builder.source.config import place_of_option
from builder.source.document_cache import Recorded, recording, warn_again
from builder.source.editions.marks import STUDENT
from builder.source.readings import reading_of
from builder.source.titles import title_of
from builder.store.keys import Memo, key_of
from builder.store.stamps import stamp
from builder.typeset import fonts
from builder.typeset.math.formulas import Formulas
from builder.typeset.scripts import FontFamily, runs_from_right
from builder.typeset.wording import numbered, spans_of


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted deck, the template and typeface that it was fitted to, and the warnings and errors of the fit.

    The printed pages are not in it yet: the book may need to know the slides first.
    """

    fitted: FittedDeck
    template: Template
    typeface: Typeface
    warnings: Recorded = ()
    errors: tuple[AuthorError, ...] = ()


@dataclass(slots=True)
class FitMemory:
    """The fits of the last build and the works that the book cites, in a process that builds again."""

    fits: Memo[Fit] = field(default_factory=Memo)
    works: Memo[Mapping[str, Work]] = field(default_factory=Memo)


@dataclass(frozen=True, slots=True)
class Fits:
    """The fits of one build: a deck is fitted when it is asked for first, and what cannot be shown as planned is
    reported then.
    """

    project: ReadProject
    plans: Mapping[str, Plan]
    memory: FitMemory
    found: dict[str, Fit] = field(default_factory=dict)

    def of(self, lecture: Lecture) -> Fit:
        """The fit of a lecture.

        Raises:
            AuthorError: the template cannot be used, or no slide can be shown.
        """
        if lecture.name in self.found:
            return self.found[lecture.name]
        key = self.key(lecture)
        fit = self.memory.fits.get(lecture.name, key)
        if fit is not None:
            warn_again(fit.warnings)
        else:
            fit = self.memory.fits.put(lecture.name, key, self._fit(lecture))
        for error in fit.errors:
            self.project.resolver.report(error)
        self.found[lecture.name] = fit
        return fit

    def key(self, lecture: Lecture) -> str:
        """The key of all that a fit is made from: the slides of the lecture's documents, the works that the book cites,
        the lecture, its template and fonts.
        """
        project = self.project
        files = [template_file(project, lecture), *filter(None, [logo_file(project, lecture)])]
        if project.fonts_folder is not None:
            files += sorted(project.fonts_folder.rglob("*"))
        plans = [self.plans[item.partition("#")[0]].key for item in lecture.documents]
        titles = (title_of(project.env), project.number_of(lecture))
        return key_of(key_of_works(project), repr(lecture), titles, plans, list(map(stamp, files)))

    def or_none(self, lecture: Lecture) -> Fit | None:
        """See `of`; None where it raises what is reported when the deck is made."""
        with suppress(Exception):
            return self.of(lecture)
        return None

    def _fit(self, lecture: Lecture) -> Fit:
        project = self.project
        with recording() as recorder:
            template = template_of(project, lecture)
            works_key = key_of_works(project)
            works = self.memory.works.get("", works_key)
            if works is None:
                works = self.memory.works.put("", works_key, works_of(project.env))
            deck = deck_of(project, lecture, self.plans, works)
            families = other_fonts(deck, template.geometry.font, project.fonts_folder, project.words.values())
            fit = fit_deck(deck, template, project.formulas, families, template_source(project, lecture))
            fit = with_title(project, lecture, fit)
        if project.config.builder_edition != STUDENT:
            fit = replace(fit, fitted=with_times(fit.fitted, lecture.start))
        if not fit.fitted.slides:
            source = lecture_source(project, lecture)
            raise AuthorError(f"no slide of the deck '{lecture.name}' can be shown, so it is not made.", source)
        return replace(fit, warnings=tuple(recorder.warnings))


def with_title(project: ReadProject, lecture: Lecture, fit: Fit) -> Fit:
    """A fit with the deck's logo on its title slide; warns where there is no room for it, or it is hardly seen."""
    logo = logo_of(project, lecture)
    if logo is None or not fit.fitted.slides:
        return fit
    source = lecture_source(project, lecture)
    geometry = fit.template.geometry
    look, size = geometry.look("title"), (geometry.width, geometry.height)
    fitted = with_logo(fit.fitted, logo, geometry, lambda area: is_even_at(look, area, size))
    if fitted is None:
        warn("the title slide of this template has no free corner for the logo.", source, "logo")
        return fit
    placed = fitted.slides[0].placed[-1]
    ground = ground_at(look, Area(placed.x, placed.y, placed.width, placed.height), size)
    if not is_seen_on(logo, ground):
        of_it = f"the logo '{lecture.style.logo}' is hardly seen on the ground of the title slide"
        warn(f"{of_it}, which is {ground} there; name a lighter or darker one, or one with a ground.", source, "logo")
    return replace(fit, fitted=fitted)


def template_of(project: ReadProject, lecture: Lecture) -> Template:
    """The template of a lecture; warns of what was left out of it.

    Raises:
        AuthorError: there is none, or it cannot be used.
    """
    path, source = template_file(project, lecture), template_source(project, lecture)
    from_right, cache = runs_from_right(project.config.language), Path(project.resolver.doctreedir) / "templates"
    template = read_template(path, source, from_right=from_right, cache=cache)
    if template.taken_out:
        warn(f"of the template {path.name} was left out: {', '.join(template.taken_out)}.", source, "active_content")
    for sentence in template.hidden:
        warn(f"in the template {path.name} {sentence}.", source, "template")
    if template.not_shown:
        what = f"the PDF of the deck lacks pictures of the template {path.name}: {'; '.join(template.not_shown)}"
        warn(f"{what}. Put PNG or SVG files in their places.", source, "not_shown")
    return template


def template_source(project: ReadProject, lecture: Lecture) -> Source:
    """Return where the template of a lecture is chosen: by the lecture, else for all of them, so that what is to be
    said of it is said once.
    """
    for_all = project.config.builder_deck
    usual = for_all.get("template", USUAL_STYLE.template) if isinstance(for_all, Mapping) else USUAL_STYLE.template
    if lecture.template == usual:
        return place_of_option(project.confdir, "builder_deck")
    return lecture_source(project, lecture)


def template_file(project: ReadProject, lecture: Lecture) -> Path:
    """The file of a lecture's template.

    Raises:
        AuthorError: there is none.
    """
    folder = (project.confdir / project.config.builder_lectures).parent
    return template_path(lecture.template, folder, template_source(project, lecture))


def fit_deck(deck: Deck, template: Template, formulas: Formulas, families: Sequence[FontFamily], source: Source) -> Fit:
    """A deck fitted to a template, with ``families`` for what its font lacks; warns, at ``source``, of theme fonts that
    cannot be measured.
    """
    geometry = template.geometry
    titles = geometry.title_font if geometry.title_font != geometry.font else ""
    typeface = Typeface(geometry.font, formulas, tuple(family.file for family in families), titles)
    for family in typeface.families:
        if not fonts.is_measurable(family):
            warn(f"the theme's font {fonts.not_here(family)}", source, "font")
    geometry = with_floors(geometry, deck.style)
    fitted, errors = Fitter(geometry, typeface).deck(with_formulas_that_fit(deck, geometry, formulas))
    if runs_from_right(deck.lang):
        fitted = from_the_right(fitted, geometry)
    fitted = replace(fitted, first=1 + template.in_front(deck.style.template_slides))
    return Fit(fitted, template, typeface, errors=tuple(errors))


def key_of_works(project: ReadProject) -> str:
    """The key of the works that the book cites: what all documents have in common, and those that list works."""
    listed = {place[0] for place in project.env.domains["citation"].data["citations"].values()}
    return key_of(project.elsewhere.common, [(name, reading_of(project.env, name)) for name in sorted(listed)])


def slide_places(decks: Sequence[FittedDeck | None], words: Mapping[str, str]) -> dict[str, str]:
    """Label of a section → where lectures show it, as the printed book says it: ``Lecture 2, slides 14–16``.

    ``decks`` are those of all lectures in their order, None for one that cannot be fitted.
    """
    shown: dict[str, list[str]] = {}
    for lecture_number, deck in enumerate(decks, start=1):
        places: dict[str, list[int]] = {}
        for number, slide in enumerate(*((deck.slides, deck.first) if deck is not None else ((), 1))):
            if slide.slide.place is not None and not slide.slide.hidden:
                places.setdefault(slide.slide.place.label, []).append(number)
        for label, numbers in places.items():
            parts = (numbered("lecture", [str(lecture_number)], words), spans_of("slide", spans(numbers), words))
            shown.setdefault(label, []).append(unbroken(words["comma"].join(parts)))
    return {label: "; ".join(where) for label, where in shown.items()}
