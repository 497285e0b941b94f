"""Opened slides: their titles and keys, and the slides that marked sentences are made for."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes

from builder.deck.conserved import warn_of_lost_icons
from builder.deck.conversion import BlockContext
from builder.deck.drafts import Draft
from builder.deck.handlers.paragraphs import larger_pictures
from builder.deck.inline import title_runs
from builder.deck.model import ALONE, Block, Run, Runs
from builder.deck.places import chapter_title, place_of
from builder.deck.showing import PlanOptions, Showing
from builder.deck.spoken import Spoken, spoken
from builder.deck.words import runs_show
from builder.errors import AuthorError, source_of, warn
from builder.source.annotations.marks import is_heading_point, minutes_of, sentence_of
from builder.source.annotations.slide import SlideOptions
from builder.source.annotations.vocabulary import DEEPEST_MARK, speaker_notes
from builder.source.annotations.vocabulary import slide as slide_node

WITH_COLUMNS = ("comparison", "columns")
"""Layouts that ask for columns."""


class Opening(Showing):
    """Opens the slides of one document, in the order of ``drafts``."""

    def __init__(self, context: BlockContext, options: PlanOptions) -> None:
        super().__init__(context, options)
        self.drafts: list[Draft] = []
        self.keys: set[str] = set()
        self.titles: dict[str, Runs] = {}
        self.suggested: frozenset[int] = frozenset()
        """The identities of sections that nobody marked."""

    def options_of(self, section: nodes.section, content: list[nodes.Element]) -> SlideOptions:
        """Options of the section's slide; two option blocks are an error that names both."""
        found = [node for node in content if isinstance(node, slide_node) and not node["is_own"]]
        if len(found) > 1:
            first, second = source_of(found[0]), source_of(found[1])
            message = f"the slide has its options already, in line {first.line}; join the two slide directives."
            self.errors.append(AuthorError(message, second))
        if found and found[0]["title"]:
            self.titles[section["ids"][0]] = title_runs(found[0]["title_nodes"].children, self.context.docname)
        return found[0]["options"] if found else SlideOptions(source=source_of(section))

    def own_slide(self, node: slide_node, section: nodes.section) -> Draft:
        """A slide opened by a directive with a title, with its slide-only content."""
        options = node["options"]
        draft = self.open(section, options, title_runs(node["title_nodes"].children, self.context.docname))
        draft.is_heading = draft.is_own = True
        draft.source = source_of(node)
        as_columns = options.layout in WITH_COLUMNS
        for child in node.children:
            if isinstance(child, speaker_notes):
                draft.author += self.noted(child)
            elif isinstance(child, nodes.Element):
                columns = as_columns or (
                    options.layout == "" and isinstance(child, nodes.definition_list) and len(child) == 2
                )
                draft.blocks += self.blocks(child, as_columns=columns)
        return draft

    def open(self, section: nodes.section, options: SlideOptions, title: Runs | None = None, kind: str = "") -> Draft:
        """Open a slide of ``section``, titled by its heading unless ``title`` is given; ``kind`` as in `key`."""
        heading = title_of(section)
        runs = title
        if runs is None:
            own = self.titles.get(section["ids"][0])
            runs = title_runs(heading.children, self.context.docname) if own is None else own
        if not runs_show(runs):
            place = options.source if title is not None else source_of(heading)
            warn("this title shows no words; the slide is named after the chapter.", place, "empty")
            runs = (Run(chapter_title(self.context, section)),)
        draft = Draft(
            self.key(section, options, kind),
            runs,
            place_of(self.context, section),
            source_of(section),
            options,
            (*section["classes"], *options.classes),
        )
        draft.automatic = id(section) in self.suggested
        if title is None:
            draft.author += self.notes_of_marks(heading)
        self.drafts.append(draft)
        return draft

    def pictures_of_heading(self, section: nodes.section) -> list[Block]:
        """The pictures in the heading of a section, which stand below its title: that holds only words."""
        heading = title_of(section)
        warn_of_lost_icons(heading)
        return [block for picture in larger_pictures(self.context, heading) for block in self.blocks(picture)]

    def key(self, section: nodes.section, options: SlideOptions, kind: str = "") -> str:
        """Stable identity: the slide's name, else document, section and position in it; ``kind`` is that of a slide
        made for a sentence.
        """
        base = options.name or f"{self.context.docname}:{section['ids'][0]}"
        base = f"{base}/{kind}" if kind else base
        key, number = base, 2
        while key in self.keys and (kind or not options.name):
            key, number = f"{base}-{number}", number + 1
        self.keys.add(key)
        return key

    def opened(self, current: Draft | None, section: nodes.section, options: SlideOptions) -> Draft:
        """The slide that is open, or a new one of the section; behind a solution a further one."""
        if current is not None and current.is_over:
            return self.open(section, SlideOptions(source=source_of(section)))
        return current or self.open(section, options)

    def heading_point(self, section: nodes.section, shown: nodes.section, before: Draft | None) -> Draft:
        """The slide that a section joins, with its heading as a point: the open one, else a further one of the section
        that ``shown`` is.
        """
        options = SlideOptions(source=source_of(section))
        is_next = before is None or "next-slide" in section["classes"]
        draft = self.open(shown, options) if is_next else self.joined(shown, before, options)
        heading = title_of(section)
        level = min(DEEPEST_MARK, depth_of(section) - depth_of(shown))
        draft.add_point(level, title_runs(heading.children, self.context.docname), source_of(heading))
        draft.headings.append(source_of(heading))
        draft.author += self.notes_of_marks(heading)
        draft.labels.append(self.context.label(section))
        return draft

    # --- sentences

    def joined(self, section: nodes.section, current: Draft | None, options: SlideOptions) -> Draft:
        """The slide that what is marked joins: the open one; behind that of a sentence, the one before it where that
        waits to be filled, else a further one of its title.
        """
        if current is None or not current.is_alone:
            return self.opened(current, section, options)
        before = current.interrupted
        if before is not None and before.may_wait:
            return before
        if before is None:
            return self.open(section, further(options) if options.layout in ALONE else options)
        return self.open(section, further(before.options), before.title)

    def sentence(
        self, node: nodes.Element, section: nodes.section, current: Draft | None, options: SlideOptions
    ) -> Draft:
        """The slide that a marked sentence is made for; an assertion is the title of the slide that is open, where this
        has that of its section.
        """
        kind = sentence_of(node)
        if kind == "quote":
            found = Spoken((), tuple(self.blocks(node)))
        else:
            found = spoken(node, kind, self.context.docname, verbatim=self.options.verbatim)
        if kind == "assertion":
            return self.asserted(found.title, section, current, options)
        before = current.interrupted if current is not None and current.is_alone else current
        draft = self.open_alone(node, kind, found, section, options)
        if before is not None and before.may_wait and (before.is_own or not has_parts(section)):
            self.drafts.remove(draft)
            self.drafts.insert(self.drafts.index(before), draft)
            if not before.is_own:
                draft.author, before.author, before.is_heading = before.author, [], False
        draft.interrupted = before
        return draft

    def open_alone(
        self, node: nodes.Element, kind: str, found: Spoken, section: nodes.section, options: SlideOptions
    ) -> Draft:
        """Open the slide of a sentence, which shows nothing else of its section."""
        minutes = minutes_of(node) or (minutes_of(node.parent) if node.parent is not None else 0.0)
        alone = replace(options, layout=kind, minutes=minutes, reveal="", title="", source=source_of(node))
        draft = self.open(section, alone, found.title or None, kind)
        draft.is_heading = True
        draft.blocks += found.blocks
        return draft

    def asserted(self, title: Runs, section: nodes.section, current: Draft | None, options: SlideOptions) -> Draft:
        """The slide of the evidence for an assertion."""
        if current is None or current.is_own or current.is_over or current.is_asserted or current.is_alone:
            waits = current.interrupted if current is not None and current.is_alone else None
            draft = waits if waits is not None and waits.may_wait else self.open(section, options)
        else:
            draft = current
        draft.title, draft.is_asserted, draft.is_heading = title, True, True
        return draft


def is_joined(section: nodes.section) -> bool:
    """True for a section that joins the slide before it, with its heading as a point."""
    return is_heading_point(section) and isinstance(section.parent, nodes.section)


def joined_to(section: nodes.section) -> nodes.section:
    """The section whose slides a section joins: the nearest one round it that joins none itself."""
    above = section.parent
    return joined_to(above) if is_joined(section) and isinstance(above, nodes.section) else section


def depth_of(section: nodes.Element) -> int:
    """Return how many sections a section stands in."""
    return 1 + depth_of(section.parent) if isinstance(section.parent, nodes.section) else 0


def further(options: SlideOptions) -> SlideOptions:
    """The options of a further slide behind one of a sentence."""
    layout = "" if options.layout in ALONE else options.layout
    return replace(options, name="", minutes=0, layout=layout)


def has_parts(section: nodes.section) -> bool:
    """True for a section with sections below it."""
    return any(isinstance(child, nodes.section) for child in section.children)


def title_of(section: nodes.section) -> nodes.Element:
    """The heading of a section."""
    return next(child for child in section.children if isinstance(child, nodes.title))
