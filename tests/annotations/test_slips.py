"""What is nearly an annotation is named with its line, and with what was meant; other words are left alone."""

# One case stands on a line, however long.

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest

from builder.commands.cli import main
from builder.source.annotations.slips_of_signs import slips_of_signs
from builder.source.annotations.source_pieces import SourcePiece

from conftest import CONF, PNG

SLIPS = {
    "Words end. \\\\": "the backslash at the end of this paragraph breaks no line",
    "Ends here \\": "take it away",
    "One line \\\\\nand one more.": r"write '\', which breaks the line",
    "## A {.slide}": "write {.slide} on a line of its own above the heading",
    "## A {.slide .backup}": "write {.slide .backup} on a line of its own above the heading",
    "## A {.slides}": "write {.slide} on a line of its own above the heading",
    "## A {.SLIDE}": "write {.slide} on a line of its own above the heading",
    "text {.slide}": "write {.slide} on a line of its own above the block",
    "text\n{.slide}": "write {.slide} on a line of its own above the block",
    "- an item {.slide}": "write {.slide} on a line of its own above the block",
    "> a quotation\n> {.slide}": "write {.slide} on a line of its own above the block",
    "{slide}\n\n## A": "write {.slide} on a line of its own above the block",
    "{.slides}\n## A": "did you mean 'slide'?",
    "{.Slide}\n## A": "did you mean 'slide'?",
    "{.sldie}\n## A": "did you mean 'slide'?",
    "{.silde}\n- a": "did you mean 'slide'?",
    "{.slid-e}\n- a": "did you mean 'slide'?",
    "{.slide .back-up}\n## A": "did you mean 'backup'?",
    "{.slide .bakcup}\n## A": "did you mean 'backup'?",
    "{.backup}\n## A": "write {.slide .backup}",
    "{.frame}\n## A": "did you mean 'slide'?",
    "{.unlist}\n## A\n\n{.unlsited}\n## B": "did you mean 'unlisted'?",
    "[some]{.points} words": "did you mean 'point'?",
    "[some]{.Point} words": "did you mean 'point'?",
    "[some]{.piont} words": "did you mean 'point'?",
    "[some]{.poit} words": "did you mean 'point'?",
    "[some]{.bullet} words": "did you mean 'point'?",
    "[some]{.bullets} words": "did you mean 'point'?",
    "[some]{.sub-point} words": "did you mean 'subpoint'?",
    "[some]{.subPoint} words": "did you mean 'subpoint'?",
    "[some]{.subpoints} words": "did you mean 'subpoint'?",
    "[some]{.subpiont} words": "did you mean 'subpoint'?",
    "[some]{.sub-sub-point} words": "did you mean 'subsubpoint'?",
    "[some] {.point} words": "without a space between them",
    "some {.subpoint} words": "without a space between them",
    "```{note}\n:class: slides\n\ntext\n```": "did you mean 'slide'?",
    "```{note}\n:class: sllide\n\ntext\n```": "did you mean 'slide'?",
    "```{slides} Title\n\ntext\n```": "did you mean 'slide'?",
    "```{silde} Title\n\ntext\n```": "did you mean 'slide'?",
    "```{.slide} Title\n\ntext\n```": "did you mean 'slide'?",
    "```{frame} Title\n\ntext\n```": "did you mean 'slide'?",
    "~~~{chrat} a.csv\n~~~": "did you mean 'chart'?",
    "```{charts} a.csv\n```": "did you mean 'chart'?",
    "```{maps} a.csv\n```": "did you mean 'map'?",
    "```{time-line} a.csv\n```": "did you mean 'timeline'?",
    "```{timelines} a.csv\n```": "did you mean 'timeline'?",
    ":::{.notes}\ntext\n:::": "did you mean 'notes'?",
    ":::{ntes}\ntext\n:::": "did you mean 'notes'?",
    "::: notes\ntext\n:::": "write ':::{notes}'",
    ":::timeline\na.csv\n:::": "write ':::{timeline}'",
    "```python {.slide}\nx = 1\n```": "behind a fence it has no effect",
    "```{python .slide}\nx = 1\n```": "write that alone behind the fence",
    "{.slide}\n(name)=\n## A": "put it between the target and the heading",
    "{.slide}": "nothing stands below it",
    "## A [x]{.point}": "a mark in a heading has no effect",
    "```{slide} T\n:layot: columns\n\ntext\n```": "a slide has no option ':layot:'",
    "```{slide} T\n:layout: colums\n\ntext\n```": "there is no layout 'colums'",
    "```{slide} T\n:reveal: al\n\ntext\n```": ":reveal: is empty or one of",
    "```{slide} T\n:background: accnt1\n\ntext\n```": ":background: must be a theme colour",
    "```{slide} T\n:minutes: five\n\ntext\n```": ":minutes: must be a number",
    "```{slide} T\n:decks: nodeck\n\ntext\n```": "there is no deck 'nodeck'",
    "```{chart} a.csv\n:tpye: bar\n:x: a\n:y: b\n```": "Unknown option key: 'tpye'",
    "```{chart} a.csv\n:type: barr\n:x: a\n:y: b\n```": '"barr" unknown',
    "```{slide} T\n:layout: Columns\n\ntext\n```": "Did you mean 'columns'?",
    "```{slide} T\n:Layot: columns\n\ntext\n```": "Did you mean 'layout'?",
    "```{slide} T\nlayout: columns\n\ntext\n```": "an option is a line ':layout: columns' right below the opening",
    "```{slide} T\n\n:minutes: 5\n\ntext\n```": "an option is a line ':minutes: 5' right below the opening",
    "```{notes}\n:minutes: 5\n\ntext\n```": "the notes, which have no options",
    "```{note}\nclass: slide\n\ntext\n```": "an option is a line ':class: slide' right below the opening",
    "```{note}\n:class: point\n\ntext\n```": "write it on words, [words]{.point}",
    "```{slide} T\n```{note}\nx\n```\n```": "this fence is not closed",
    "```{slide} T\n\ntext": "this fence is not closed",
    "::{slide} T\nwords\n::": "a fence has three colons or more",
    "    ```{slide} T\n    words\n    ```": "four spaces or a tab stand before it",
    "    {.slide}\n    ## A": "four spaces or a tab stand before it",
    "\t{.slide}\n## A": "four spaces or a tab stand before it",
    ".. slide:: T\n\n   words": "is reStructuredText, and is printed; write ```{slide}",
    ".. rst-class:: slide\n\nwords": "is reStructuredText, and is printed; write {.slide}",
    "{piont}`words`": "did you mean 'point'?",
    "{points}`words`": "did you mean 'point'?",
    "{studnet}`words`": "did you mean 'student'?",
    "{point}words": "in backticks and without a space",
    "{point}'words'": "in backticks and without a space",
    "{point} `words`": "in backticks and without a space",
    "[words]{point}": "write [words]{.point}, with a dot",
    "[words]{.slide}": "the class 'slide' has no effect on words",
    "{.lit}\n| a | b |\n|---|---|\n| c | d |": "the class 'lit' has no effect on a block; write it on words",
    "{.point}\nA paragraph.": "write it on words, [words]{.point}",
    "{.point}\n- a\n- b": "write it on words, [words]{.point}",
    "{.statement}\n## A\n\nwords": "has no effect on a heading; write it on a line of its own above a paragraph",
    "{.question}\n## A": "has no effect on a heading; write it on a line of its own above a paragraph",
    "{.red}\n- a": "write it on words, [words]{.red}",
    "{.dots}\nHalf of them.": "'dots' has no effect without a number",
    "{.lines-3}\n```python\na\nb\nc\n```": "write {.slide .lines-3}",
    "{.minutes-3}\nA sentence.": "write {.question .minutes-4}",
    "{.statement}\n```{note}\nwords\n```": "the class 'statement' has no effect on a box",
    "{.quotation}\n```{figure} a.png\n:alt: x\n```": "the class 'quotation' has no effect on a figure",
    "{.red}\n$$\na = b\n$$": "the class 'red' has no effect on a formula",
    "{.point}\n(a-target)=\n\nwords": "'point' has no effect above a target or a comment",
    "```{note}\n:class: statement\n\nwords\n```": "the class 'statement' has no effect on this",
    "{.slide}\n```{slide} Title\nwords\n```": "'slide' has no effect above a ```{slide}, which is one",
    "{.statment}\nA sentence.": "did you mean 'statement'?",
    "{.quotation}\nA sentence.": "write it on a line of its own above a quotation",
    "{.unlisted}\nA sentence.": "write it on a line of its own above a heading",
    "{.techer}\nA sentence.": "did you mean 'teacher'?",
    "{.notes}\nA sentence.": "'notes' is no class but a directive",
    "{.slide .line-3-7}\n```python\na\nb\n```": "write it like 'lines-3-7'",
    "{.slide .lines-3:7}\n```python\na\nb\n```": "write it like 'lines-3-7'",
    "{.question .minuts-4}\nWhat?": "write it like 'minutes-4'",
    "{.question .minutes-four}\nWhat?": "write it like 'minutes-4'",
    "{.slide .minutes-5}\n## A\n\nwords": "or :minutes: in a ```{slide}",
    "{.slide}\n## A\n\n[x]{.point}\n\n{.nextslide}\n- b": "did you mean 'next-slide'?",
    "{.slides}\n$$\nx\n$$": "did you mean 'slide'?",
    "{.slide layout=columns}\n## A\n\nx": "write a ```{slide} with ':layout:' below",
    "{.slide minutes=5}\n## A\n\nx": "write a ```{slide} with ':minutes:' below",
    "{.slide, .backup}\n## A\n\nx": "write {.slide .backup}: each class with a dot",
    "{.slide.backup}\n## A\n\nx": "write {.slide .backup}: each class with a dot",
    "{. slide}\n## A\n\nx": "write {.slide}: each class with a dot",
    "(.slide)\n## A\n\nx": "write {.slide}: each class with a dot",
    "[12]{.nubmer} [of us]{.countd}": "did you mean 'counted'?",
    "[12]{.Red}": "did you mean 'red'?",
    "```{editon} teacher\nwords\n```": "did you mean 'edition'?",
    "```{edition} techer\nwords\n```": "Did you mean 'teacher'?",
    "```{teacher}\nwords\n```": "did you mean ```{edition} teacher?",
    "```{statement}\nwords\n```": "is no directive but a mark",
    "::: {.incremental}\n- a\n:::": "by the option ':reveal:'",
    "{.fragment}\n- a": "by the option ':reveal:'",
    "words\n\n. . .\n\nwords": "by the option ':reveal:'",
    "```{raw} pptx\n<p:sp/>\n```": "raw text for 'pptx' is in no output",
    "<!-- .slide: data-background='x' -->\n## A": "a comment of reveal.js has no effect",
    "```{chart} A.csv\n:x: a\n:y: b\n```": "Did you mean 'a.csv'?",
    "```{chart} a\n:x: a\n:y: b\n```": "Did you mean 'a.csv'?",
    '```{chart} "a.csv"\n:x: a\n:y: b\n```': "Did you mean 'a.csv'?",
    "```{chart} a.csv\n:type: bar\n:x: aa\n:y: b\n```": "Did you mean 'a'?",
    "```{timeline} years.csv\n```": "Write ':date: year' below the directive",
    "```{map} towns.csv\n```": "Rename 'lat' to 'latitude'",
    "{#slide}\n## A": "write {.slide}, with a dot",
    "[words]{#point}": "write {.point}, with a dot",
    "{.slide}{.backup}\n## A": "write {.slide .backup}",
    "{.slide}\n[there]: https://example.org\n\n[there]": "above the address of a link",
    "{.slide .hidden}\n## A": "write {.slide .backup}",
    "{.hidden}\n## A": "write {.slide .backup}",
    "{.unnumbered}\n## A": "numbers that their toctree gives them",
    "{.appendix}\n## A": "builder_appendices",
    "{.scrollable}\n## A": "slides are fitted by themselves",
    "{.slide .section}\n## A": "with ':layout: section' below the heading",
    "{.slide .columns}\n## A": "with ':layout: columns' below the heading",
    "![x](a.png){width=50%}": 'write width="50%", in quotation marks',
    "![x](a.png){width=0.5}": 'write width="0.5", in quotation marks',
    "![x](a.png){widht=50}": "did you mean 'width'?",
    "[What?]{.question minutes=3}": "write .minutes-3",
    '{.quotation author="Me"}\n> text': "a quotation has no attribute 'author'",
    "{point}`words <short`": "short words of a point stand between < and >",
    "{point}`words <>`": "short words of a point stand between < and >",
    "<!-- _class: lead -->\n\nwords": "of another tool has no effect",
    "<!-- slide -->\n\n## A": "of another tool has no effect",
    "words\n\n???\n\nsay this": "write ```{notes}",
    "\\pause": "is LaTeX, and is printed; a slide is shown step by step",
    "\\newpage": "is LaTeX, and is printed; take it away",
    "> [!NOTE]\n> words": "write ':::{note}' above",
    "As [@knuth, p. 3] says": "write {cite:p}`knuth`",
    "As [-@knuth] says": "write {cite:t}`knuth`",
    "```{only} teachers\nwords\n```": "did you mean 'teacher'?",
    "```{slide} T\n:class: backups\n\nwords\n```": "did you mean 'backup'?",
    "::: speaker-notes\nwords\n:::": "is a box with a class; write ':::{notes}'",
    '+++ {"slideshow": {"slide_type": "slide"}}\n\n## A': "the slide types of Jupyter",
    "---\nbuilder_subtitle: x\n---": "is an option of conf.py",
    "---\nmarp: true\n---": "is of another tool and has no effect",
    "Words.\n{: .note}": "'{: .note}' of kramdown is printed: write attributes without the colon on the line above",
    "- Contents\n{:toc}": "'{:toc}' of kramdown is printed: a page has its contents at its side by itself",
    "---\nformat: revealjs\n---": "is of another tool and has no effect",
    "---\nslides: true\n---": "'slides' has no effect in the front matter",
    "---\neditions: teacher\n---": "'editions' has no effect in the front matter",
    "![x](a picture.png)": "write ![x](<a picture.png>)",
    "see [there](my notes.md)": "write [there](<my notes.md>)",
    "| a | b |\n|---|---|\n| c | d | e |": "so 'e' is left out",
    "| a | b |\n|--|\n| c | d |": "below the head of this table stands | --- | --- |",
    "| a | b |\n| c | d |": "below the head of this table stands | --- | --- |",
    "```{slide} T\n:layout: quote\n:layout: quote\n\nwords\n```": "':layout:' is given twice",
    "```{slide} T\n:background: #7a2a25\n\nwords\n```": "write ':background: 7a2a25'",
    "```{note} How it began\nWords.\n```": "write ```{admonition} How it began, and ':class: note' below",
    ":::{tip} How it began\n\nWords.\n:::": "write :::{admonition} How it began, and ':class: tip' below",
    "$x [y]{.point}$": "'{.point}' in a formula has no effect",
    "where \\(x^2\\) is": "write $x^2$",
    "\\[\nx = y\n\\]": "write $$ on a line above and below the formula",
    "##A heading": "write a space behind the signs: ## A heading",
    "#A heading": "write a space behind the signs: # A heading",
    "~~struck~~": "add 'strikethrough' to myst_enable_extensions",
    "==marked== words": "write **marked**",
    "H~2~O": "write {sub}`2`",
    "x^2^": "write {sup}`2`",
    "- [ ] a task": "add 'tasklist' to myst_enable_extensions",
    "some {emphasis}`words": "the backtick behind its words is missing",
    "{.slide .lines-1,3}\n```python\na\nb\n```": "write {.slide .lines-1 .lines-3}",
    "{.slide\n## A": "its closing brace is missing: {.slide}.",
    "```{slide}T\n- a\n```": "'```{slide}T' opens no directive; write ```{slide} T.",
    ":::{slide T}\nwords\n:::": "':::{slide T}' opens no directive; write :::{slide} T.",
    "```{note\nwords\n```": "'```{note' opens no directive; write ```{note}.",
    "```python {1,3}\nx\n```": "write ```{code-block} python and ':emphasize-lines: 1,3' below.",
    "```{figure} a.png\nalt: x\n```": "'alt: x' is no option, but text; write ':alt: x'.",
    "$$\na = b": "this formula is not closed",
    "$$\na = b\n$$ {#eq}": "'{#eq}' is no label of a formula; write $$ (eq).",
    "\\begin{itemize}\n\\item a\n\\end{itemize}": "is LaTeX, which is read in formulas only",
    "H{sub}2O": "'{sub}2O' is printed as it stands; write {sub}`2O`, with backticks",
    "as {ref} `there`": "write {ref}`there`, with backticks and no space.",
    "@fig-hill shows it": "'@fig-hill' is printed as it stands; write {numref}`fig-hill`.",
    "{{ nothing }}": "add 'substitution' to myst_enable_extensions",
    "(there) =\n## A": "a label is written (there)=.",
    '<div class="box slide">x</div>': "the class 'slide' has no effect in HTML; write {.slide}",
    "{.slide-title}\nwords": "the class 'slide-title' has no effect; layouts and other options",
    "{.slide-picture}\nwords": "no effect on a paragraph without a picture",
    "{.question .minutes}\nWhat?": "the class 'minutes' has no effect without a number; write it like 'minutes-3'.",
    "words[^missing]": "there is no footnote [^missing]; write '[^missing]: ' and its words",
    "```{code-cell}\n1\n```": "it comes with 'myst_nb': add that to the extensions in conf.py",
    "```{toctree}\nmaxdepth: 2\n\nindex\n```": "'maxdepth: 2' is no option, but text; write ':maxdepth: 2'.",
    "{ slide }\n## A\n\nx": "'{ slide }' is printed as it stands; write {.slide}",
    "[words]{.point .subpoint}": "write {.point} or {.subpoint}, and not both",
    "[words]{.point, .red}": "write {.point .red}: each class with a dot",
    "[words]{.point": "its closing brace is missing: [words]{.point}",
    "[words].{point}": "write [words]{.point}",
    "[words](.point)": "write [words]{.point}",
    "{point}[words]": "in backticks and without a space",
    "{point}``": "has no words, and is printed as it stands",
    "{notes}\nsay this": "write ```{notes} above, and ``` below",
    "{chart} a.csv": "write ```{chart} a.csv above, and ``` below",
    "```{slide}\n:layout:\n```\n\n[x]{.point}": "':layout:' is empty and has no effect",
    "```{slide}: T\n\nwords\n```": "opens no directive; write ```{slide} T.",
    "```{ slide } T\n\nwords\n```": "write ```{slide} T, without spaces in the braces",
    ":::{ notes}\nwords\n:::": "write :::{notes}, without spaces in the braces",
    "``{slide} T\nwords\n``": "a fence has three backticks or colons; write ```{slide} T.",
    "´´´{notes}\nwords\n´´´": "a fence has three backticks or colons; write ```{notes}.",
    "'''{slide} T\nwords\n'''": "a fence has three backticks or colons; write ```{slide} T.",
    "```slide T\n\nwords\n```": "'```slide T' is code; write ```{slide} T, with braces.",
    "~~~notes\nwords\n~~~": "'~~~notes' is code; write ~~~{notes}, with braces.",
    "```chart a.csv\n```": "'```chart a.csv' is code; write ```{chart} a.csv, with braces.",
    "1) {.slide}\n## A": "stands in an item of its own; write it on the line above",
    "[here](www.example.org/a)": "write [here](https://www.example.org/a)",
    "{.slide-picture}\n| a |\n|---|\n| b |": "'slide-picture' has no effect on a block without a picture",
    "[a]{.lit} outside": "'lit' has no effect outside of a table",
    "[x]{.counted} of": "'counted' has no effect in a paragraph without a [number]{.number}",
    "[5 of 7]{.dots} people": "write {.number .dots}",
    "{.assertion}\n![x](a.png)": "'assertion' has no effect without words",
    "[ ]{.statement}": "'statement' has no effect without words",
    "{.next-slide}": "nothing stands below it",
    "{.slide}\n<!-- later -->\n## B\n\nwords": "above a comment it has no effect; put the comment above it",
    "{.slide}\n\n% later\n\n## B\n\nwords": "above a comment it has no effect",
    "{.statement}\n<!-- later -->\nwords": "this {.statement} is dropped: above a comment it has no effect",
    "{.teacher}": "nothing stands below it",
    "```{slide} T\n:layout: code\n\n- a\n```": "the layout 'code' is for a slide with code, and this has none",
    "[a]{.poiints} b": "did you mean 'point'?",
    "{.sslidee}\n- a": "did you mean 'slide'?",
    "```{note}\n:class: slidess\n\nx\n```": "did you mean 'slide'?",
    "{.statemnets}\nA sentence.": "did you mean 'statement'?",
    "{.unlitsedd}\n## A": "did you mean 'unlisted'?",
    "{.slide-next}\n- a": "did you mean 'next-slide'?",
    "{.slides-pictures}\n```{figure} a.png\nWords.\n```": "did you mean 'slide-picture'?",
    "{.picture-slide}\n```{figure} a.png\nWords.\n```": "did you mean 'slide-picture'?",
    "```{figure} a.png\n:class: picture_slide\nWords.\n```": "did you mean 'slide-picture'?",
    "{.slide-backup}\n## A": "write {.slide .backup}",
    "{.slide .line-1}\n```{code-block} python\na\nb\n```": "write it like 'lines-3-7'",
    "{.next-slide}\n## A\n\nwords": "'next-slide' has no effect on a heading without 'point'",
    "{.slide}\n```{index} a\n```": "'slide' has no effect above an ```{index}; put it above a heading or a block",
    "{.slide}\n```{toctree}\n```": "'slide' has no effect above a ```{toctree}; put it above a heading or a block",
    "{.next-slide}\n```{highlight} c\n```": "'next-slide' has no effect above a ```{highlight}",
    "{.slide}\n```{only} html\nx\n```": "'slide' has no effect above a ```{only}; mark what stands in it",
    "x\n\n{.slide}\n***\n\ny": "'slide' has no effect above a line",
    "```{slide}\n```": "has neither title nor options, and shows nothing",
    "{.slide}\n## A\n\nx\n\n## B\n\n```{slide}\n:minutes: 4\n```\n\ny": "nothing of their section is on a slide",
    "```{slide} T\n:class: slide\n\nx\n```": "a slide has no class 'slide'; it may have backup, student, teacher",
    "```{slide} T\n:class: {.backup}\n\nx\n```": "a slide has no class '{.backup}'; did you mean 'backup'?",
    "```{slide} A {.backup}\nx\n```": "'{.backup}' is printed in this title; write ':class: backup' below",
    "```{slide} ## A\nx\n```": "'##' is printed in this title; write it without: A",
    "````{slide} A\n```{slide} B\nx\n```\n````": "a ```{slide} in another one is shown nowhere",
    "```{slide} A\nx\n\n{.next-slide}\ny\n```": "'next-slide' has no effect in a ```{slide}",
    "---\ndeck: x\n---": "'deck' has no effect in the front matter",
    "---\nminutes: 4\n---": "'minutes' has no effect in the front matter",
    "---\norfan: true\n---": "'orfan' has no effect in the front matter; did you mean 'orphan'?",
    "---\ntocdpeth: 2\n---": "did you mean 'tocdepth'?",
    "---\nheading_anchors: 3\n---": "write 'heading_anchors' below the key 'myst'",
    "---\nmyst:\n  heading_anchor: 3\n---": "did you mean 'heading_anchors'?",
    "---\nnumbering: false\n---": "numbers are those of the book, by ':numbered:' of its toctree",
    "[5 of 7]{.numbers .dots}": "did you mean 'number'?",
    "{red}`words`": "it is a class; write [words]{.red}",
    "{notes}`words`": "it is a directive; write ```{notes}",
    "```{timeline} gaps.csv\n```": "line 3 of 'gaps.csv' has no 'date', so its event stands without one",
}
"""What an author writes in a document of its own → words of the message on it."""

OF_TWO_FAULTS = (
    "{.unlist}\n## A\n\n{.unlsited}\n## B", "[12]{.nubmer} [of us]{.countd}", "words[^missing]", "```chart a.csv\n```",
)  # fmt: skip
"""Slips of which more than one thing is told."""

WELL = (
    'Strings such as "%s" and "{number}" are filled in.',
    "{.side}\nwords", "{.aside}\nwords", "[words]{.print}", "[words]{.paint}", "{.slider}\n- a", "{.slice}\n- a",
    "```{note}\nwords\n```", "`{.slide}` and ``{point}`` are written so", "```\n## A {.slide}\n```", "$\\{.slide\\}$",
    "{.slide}\n## A\n\n[words]{.point}", "{.slide .backup}\n## A\n\n[words]{.point}",
    "{#slide}\n## A\n\n[there](#slide)",
    "a set {x, y} and {slides of bread}", "{.slide}\n\n- a\n- b", "::: {.box}\nwords\n:::", ":::{slide} T\nwords\n:::",
    "{ .slide }\n## A\n\n[words]{ .point }", "::: slide\nwords\n:::", "{.teacher}\nwords",
    "````md\n```{silde}\n```\n````", "````{code-block} md\n```{slides} T\n````", "a {number} of {point}s",
    "```{eval-rst}\n.. rst-class:: slide\n\nwords\n```", "{.slide .lines-1-2}\n```python\na\nb\n```",
    "{.question .minutes-4}\nWhat?", "class: this is a word of the text", "1. a\n\n    {.x}",
    "{.slide}\n## A\n\n```{note}\nname: it is given\n```",
    "![x](a.png){width=50px}", '![x](a.png){width="50%"}', '{.quotation attribution="Me"}\n> text', "{point}`a < b`",
    "<!-- notes: look at this again -->\n\nwords", "name@example.org [@]", "---\ntitle: Slides\n---",
    "```{only} html\nx\n```",
    "{point}`words <short>`", "`[@key]` and `\\pause`", "[words](https://example.org){.external}", "> [!x]",
    "{.section}\n## A",
    "| a | b |\n|---|---|\n| c \\| d | e |\n| f | g | |", "| a |\n|---|\n| b |\n\nx | y | z", "`##A` and `\\(x^2\\)`",
    "```{note} A note goes on\nin its next line.\n```", "```{tip} Words.\n```", "a \\(b c\\) d", "$$\nx \\\\[2ex]\n$$",
    "#hashtag", "[x](<a picture.png>)", "[x](index.md \"A title.\")", "{note}`x` and `y", "a ~b c~ d", "a == b == c",
    "```{chart} a.csv\n:x: a\n:y: b\n:alt: c\n```", "\\[not a link\\](there)", "a^2 and b^3",
    "(in brackets)\n## A", "{sub}`2` and {ref}`a`", "@name shows", "$$a = b$$", "$$\na\n$$ (eq-well)",
    "a (there) =\n## B",
    "{kbd}`A`s and {kbd}`B`and", "$x_{{a}} + T_{ref}x$", "it is $56\\$$ and\nmore", "% {{ a }}", "<!--\n{{ a }}\n-->",
    "```{eval-rst}\n:og:title: a\n:og:image: {{ b }} {sub}2\n```",
    "(continued)\n## B", '<div class="carousel slide">x</div>',
    "```{slide} A {b} c\n- a\n```", "```{note}\nalt: x\n```", "`{sub}2`", "`$$`",
    "a folder C:\\\\", "one\\\ntwo", "`a \\`", "`a,\\`\nand b", "$a,\\\nb$", "a $$ b",
    "```{code-block} python\n:emphasize-lines: 1\nx\n```", "```{figure} a.png\n---\nalt: x\n---\n```",
    "<!--\n| a | b |\n|---|---|\n| c | d | -->", "| a | b |\n|---|---|\n| c | ... |",
    "``{slide}`` opens a slide", "```{slide} T\n:layout: table\n\n| a |\n|---|\n| b |\n```", "{point}`` a`b ``",
    "| a |\n|---|\n| [b]{.lit} |", "- {.slide}\n  a", "```{list-table}\n* - x\n```", "```{ .python }\nx = 1\n```",
    "\\(<https://example.org/a_b>\\)", "(notes)\n## B", "[12]{.number} are [ours]{.counted}",
    "$a_{notes}$ and\n{term}`a`", "![x](www.png)", "```mermaid\ntimeline\n```", "```chart\ntype: bar\n```",
    "{.sides}\n- a", "{.untested}\n- a", "[words]{.unlimited}", "{.slide}\n```{glossary}\na\n  b\n```",
    "---\nlecturer: A. B.\nlayout: post\nauthor: C. D.\norphan: true\nno-search: true\ndescription: x\n---",
    "{.point .next-slide}\n## A\n\nx", "{.teacher}\n```{index} a\n```",
    ":::{glossary}\nmap\n  A drawing.\n\n    :::{note}\n    words\n    :::\n\nsea\n  Water.\n:::",
)  # fmt: skip
"""What is right, or no annotation."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All cases are documents of one book: what an author wrote → what is said of that document."""
    folder = tmp_path_factory.mktemp("slips")
    cases = [*SLIPS, *WELL]
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# All\n\n```{toctree}\n:glob:\n\ncase*\n```\n", encoding="utf-8")
    (folder / "a.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    (folder / "years.csv").write_text("year,what\n1900,x\n", encoding="utf-8")
    (folder / "gaps.csv").write_text("date,event\n1900,x\n,y\n", encoding="utf-8")
    (folder / "towns.csv").write_text("place,longitude,lat\nx,1,2\n", encoding="utf-8")
    names = [f"case{number}" for number in range(len(cases))]
    (folder / "slides").mkdir()  # one deck of them all takes a third of the time of one each
    lecture = f'[[lecture]]\nname = "all"\ntitle = "All"\ndocuments = {json.dumps(names)}\n'
    (folder / "slides/lectures.toml").write_text(lecture, encoding="utf-8")
    for number, case in enumerate(cases):
        text = f"{case}\n# Case\n\nwords" if case.startswith("---\n") else f"# Case {number}\n\n{case}"
        (folder / f"case{number}.md").write_text(f"{text}\n", encoding="utf-8")
    errors = reported(folder)
    return {case: "\n".join(re.findall(rf"case{number}\.md:(.*)", errors)) for number, case in enumerate(cases)}


def reported(folder: Path) -> str:
    """What a build of the decks writes to the standard error."""
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        main(["build", "-q", "--to", "pptx", str(folder), "-o", str(folder / "_build")])
    return errors.getvalue()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_its_line_and_what_was_meant(said: dict[str, str], slip: str) -> None:
    assert SLIPS[slip] in said[slip]
    assert re.match(r"\d+: ", said[slip])


@pytest.mark.parametrize("slip", [slip for slip in SLIPS if slip not in OF_TWO_FAULTS])
def test_a_slip_is_told_once(said: dict[str, str], slip: str) -> None:
    assert len(said[slip].splitlines()) == 1


@pytest.mark.parametrize("text", WELL)
def test_what_is_no_slip_is_not_named(said: dict[str, str], text: str) -> None:
    assert "[builder.slip]" not in said[text]
    assert "[builder.dropped]" not in said[text]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align*}\nT_{ref}x &= {{a}}\n\\end{align*}\nwords", "```{r setup}\n1\n```",
        ":::{a" + 5000 * " " + "{", "```{figure} a.png\nalt: x" + 5000 * " " + "\ty", 3000 * "<a " + 3000 * "class='",
    ],
)  # fmt: skip
def test_lines_of_formulas_of_code_and_of_many_signs_are_no_slips_of_signs(text: str) -> None:
    """Those of R have their own message; long lines take no longer than their letters."""
    found = slips_of_signs(SourcePiece("a.md", tuple(text.splitlines()), is_myst=True), {"amsmath"})
    assert not [message for _line, message in found if "is no option" not in message]


@pytest.mark.parametrize(
    "text", ["{.question}\n## A", "{.red}\n- a", "{.dots}\nHalf.", "```{note}\n:class: statement\n\nx\n```"]
)
def test_a_class_may_be_for_a_style_of_the_project(tmp_path: Path, text: str) -> None:
    for styles, is_told in (("", True), ('html_static_path = ["_static"]\n', False)):
        folder = tmp_path / f"told {is_told}"
        (folder / "_static").mkdir(parents=True)
        (folder / "_static/own.css").write_text(".red { color: red; }", encoding="utf-8")
        (folder / "conf.py").write_text(CONF + styles, encoding="utf-8")
        (folder / "index.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
        assert ("has no effect" in reported(folder)) is is_told


@pytest.mark.parametrize(
    "styles",
    [
        "def setup(app):\n    app.add_css_file('https://example.org/own.css')\n",
        "templates_path = ['_templates']\n",
        "html_theme_path = ['.']\n",
    ],
)
def test_styles_may_come_from_code_templates_and_themes_of_the_project(tmp_path: Path, styles: str) -> None:
    (tmp_path / "_templates").mkdir()
    (tmp_path / "_templates/layout.html").write_bytes(b"{% extends '!layout.html' %}<style>.red { color: red }</style>")
    (tmp_path / "conf.py").write_text(CONF + styles, encoding="utf-8")
    (tmp_path / "index.md").write_text("# One\n\n{.red}\n- a\n", encoding="utf-8")
    assert "has no effect" not in reported(tmp_path)


CONF_WITHOUT = "extensions = ['myst_parser']\nhtml_theme = 'basic'\n"


@pytest.mark.parametrize(
    "text",
    [
        ":::{slide} Title\nwords\n:::", "::: {.slide}\nwords\n:::", "{.slide}\n## A\n\nwords",
        "## A\n\n[words]{.point}", "Term\n: What it is.",
    ],
)  # fmt: skip
def test_a_mark_that_needs_an_extension_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "conf.py").write_text(CONF_WITHOUT, encoding="utf-8")
    (tmp_path / "index.md").write_text(f"# One\n\n{text}\n", encoding="utf-8")
    said = reported(tmp_path)
    assert "index.md:" in said
    assert re.search(r"'(colon_fence|attrs_block|attrs_inline|deflist)'", said)


RESTRUCTURED = {
    ".. silde:: Title\n\n   words": "did you mean 'slide'?",
    ".. chrat:: a.csv": "did you mean 'chart'?",
    ".. note::\n   :class: sllide\n\n   words": "did you mean 'slide'?",
    ".. role:: points\n\nSome :points:`words` here.": "did you mean 'point'?",
    ".. slide:: T\n   :layout: colums\n\n   words": "there is no layout 'colums'",
    ".. slide:: T\n   :layot: columns\n\n   words": "a slide has no option ':layot:'",
    ".. class:: slides\n\nA\n-\n\nwords": "describes a class of Python; write '.. rst-class:: slide'",
    ".. class:: slide\n\nwords": "describes a class of Python; write '.. rst-class:: slide'",
    ".. rst-class:: slides\n\nA\n-\n\nwords": "did you mean 'slide'?",
    ".. rst-class: slide\n\nwords": "write '.. rst-class:: slide'",
    ".. slide: T\n\n   words": "write '.. slide:: T'",
    "..slide:: T\n\n   words": "write '.. slide:: T'",
    ".. slide:: T\n\n   :layout: columns\n\n   words": "right below the opening",
    ".. note::\n\n   :class: slide\n\n   words": "right below the opening",
    "{.slide}\n\nwords": "write '.. rst-class:: slide' above",
    "[words]{.point} more": "write :point:`words`",
    "```{slide} T\nwords\n```": "is MyST, and is printed; write '.. slide::'",
    ":piont:`words`": "did you mean 'point'?",
    "Some :point: `words` here.": "in backticks and without a space",
    ":point: `words`": "in backticks and without a space",
    ".. editon:: teacher\n\n   words": "did you mean 'edition'?",
    ".. slide::T\n\n   words": "write '.. slide:: T'",
    ".. figure:: a.png\n   :clas: slide": "did you mean 'class'?",
    ".. figur:: a.png": "did you mean 'figure'?",
    ".. rst_class:: slide\n\nA\n-\n\nwords": "did you mean 'rst-class'?",
    ".. rst-class:: slide\n\n.. toctree::": "'slide' has no effect above a '.. toctree::'",
    ".. rst-class:: picture-slide\n\n.. figure:: a.png": "did you mean 'slide-picture'?",
    ".. teacher::\n\n   x": "did you mean '.. edition:: teacher'?",
    ".. statement::\n\n   x": "write '.. rst-class:: statement' above the block, or :statement:`words`",
    ":red:`words` x": "it is a class; it needs .. role:: red above",
    ".. slide::\n\nx": "has neither title nor options",
    ".. slide:: T\n\n   .. slide:: U\n\n      x": "in another one is shown nowhere",
    ".. rst-class:: next-slide\n\nA\n-\n\nx": "or '.. rst-class:: point next-slide' for a further one",
    ".. math:\n\n   x^2": "write '.. math::'",
    ".. image::a.png": "write '.. image:: a.png'",
    ".. columns::\n   :withs: 40 60\n\n   .. column:: A\n\n      x": "did you mean 'widths'?",
    "words\n.. slide:: T\n\n   words": "'.. slide::' is printed as it stands; write a blank line above it.",
    "- a\n  .. rst-class:: slide\n- b": "'.. rst-class::' is printed as it stands",
    ".. rst-class:: slide\n- a\n- b": "write a blank line between '.. rst-class::' and what it is for",
    ".. slide:: T\nwords": "what stands in '.. slide::' is indented below it",
    ".. slide:: T\n:layout: columns\n\n   words": "the options of '.. slide::' are indented below it",
    ".. slide:: T\n   layout: columns\n\n   words": "an option is a line ':layout: columns' right below the opening",
    ".. slide:: T\n   :layout columns\n\n   words": "an option is a line ':layout: columns' right below the opening",
    ".. slide:: T\n  :minutes: 5\n\n words": "an option is a line ':minutes: 5' right below the opening",
    ".. slide:: T\n   - a\n   - b": "'- a' belongs to the title here; write a blank line",
    "A\n-\n\n:class: slide\n\nwords": "write '.. rst-class:: slide' above the heading or block",
    "A\n-\n\n:layout: columns\n\nwords": "it is an option, right below a '.. slide::'",
    ".. nextslide::": "of another tool; write '.. rst-class:: next-slide'",
    ".. revealjs-notes::\n\n   x": "of another tool; write '.. notes::'",
    ".. ifslides::\n\n   x": "what stands in a '.. slide::' with a title is only on that slide",
    ".. rst-class:: point\n\nwords": "write it on words, :point:`words`",
    ".. notes::\n   :minutes: 4\n\n   words": "give it to a '.. slide::'",
    ".. image:: a.png\n   :class: slide-pictur": "did you mean 'slide-picture'?",
    "Some :point:words here.": "write :point:`words`, in backticks",
    "Some :math:'x^2' here.": "write :math:`words`, in backticks",
    "Some:point:`words` here.": "write a space before it",
    "Some {point}`words` here.": "is MyST, and is printed; write :point:`words`",
    "Some :number:`36 of 51 <36 of 51` here.": "short words of a point stand between < and >",
    "Where $x^2$ is": "write :math:`x^2`",
    "`link <https://example.org>` x": "a link ends with underscores: `link <https://example.org>`__",
    "[link](https://example.org)": "is Markdown, and is printed; write `link <https://example.org>`__",
    "![a picture](a.png)": "is Markdown, and is printed; write '.. image::'",
    "```python\nx = 1\n```": "is Markdown, and is printed; write '.. code-block::'",
    "## A heading\n\nwords": "is Markdown, and is printed; a heading is a line of its own",
    "A heading\n---\n\nwords": "make its underline as long as its words",
    "- a\n  - b\n- c": "write a blank line above and below a list in a list",
    "words\n- a\n- b": "write a blank line above the first one",
    "\\pause": "is LaTeX, and is printed; a slide is shown step by step",
}
"""What an author writes in reStructuredText → words of the message on it."""
WELL_RESTRUCTURED = (
    ".. slide :: T\n\n   words", ".. Slide:: T\n\n   words", "Some :Point:`words`, `words`:point: and ``[a](b.md)``.",
    ".. rst-class:: slide\n\n.. _there:\n\nA\n-\n\nwords", ".. code-block:: rst\n\n   .. slides:: T\n   .. slide::T",
    "Write so::\n\n   .. slide::T\n   \\pause", ".. a comment\n   .. slide::T", ".. note: look at this again",
    ".. |name| replace:: words\n.. _there: https://example.org", ".. slide:: A long title of a slide that stands in"
    " two\n   lines of the source\n\n   words", "It costs $5 and $6 = much.", "words - a\n- b", "- a\n\n  - b\n\n- c",
    "``$x^2$`` and ``:point:words``", "A heading\n---------\n\nwords", ":param: a field\n:class: of its own",
)  # fmt: skip
"""What is right in reStructuredText, or no annotation."""
CELLS = {
    "## A {.slide}": "write {.slide} on a line of its own above the heading",
    "[some]{.points} words": "did you mean 'point'?",
    "{.slides}\n## B": "did you mean 'slide'?",
    "```{slide} T\n:layout: colums\n\nwords\n```": "there is no layout 'colums'",
    "```{note}\n:class: slides\n\nwords\n```": "did you mean 'slide'?",
    "```{silde} T\nwords\n```": "did you mean 'slide'?",
    "{piont}`words`": "did you mean 'point'?",
    "words\n\n{.slide}": "nothing stands below it",
}
"""What stands in a cell of a notebook → words of the message on it."""
TAGS = {
    "slides": "slide", "sldie": "slide", "slide_result": "slide-result", "Slide": "slide", "slidee": "slide",
    "hide_input": "hide-input", "remove-inputs": "remove-input", "raise-exception": "raises-exception",
}  # fmt: skip
"""Tag of a cell of code → the tag that was meant."""


@pytest.mark.slow
def test_slips_in_restructured_text_are_named_with_their_file(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("html_theme = 'basic'\n", encoding="utf-8")
    (tmp_path / "index.rst").write_text("All\n===\n\n.. toctree::\n   :glob:\n\n   case*\n", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(PNG)
    for number, text in enumerate((*RESTRUCTURED, *WELL_RESTRUCTURED)):
        (tmp_path / f"case{number}.rst").write_text(f"Case {number}\n======\n\n{text}\n", encoding="utf-8")
    said = reported(tmp_path)
    of = {
        text: "\n".join(re.findall(rf"case{number}\.rst:\d+: ((?:.+\n)*)", said))
        for number, text in enumerate((*RESTRUCTURED, *WELL_RESTRUCTURED))
    }
    assert not [(text, of[text]) for text, words in RESTRUCTURED.items() if words not in of[text]]
    assert not [(text, of[text]) for text in WELL_RESTRUCTURED if "[builder.slip]" in of[text]]


def test_slips_in_notebooks_are_named_with_their_cell(tmp_path: Path) -> None:
    conf = CONF.replace('["myst_parser"]', '["myst_nb"]') + 'nb_execution_mode = "off"\n'
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "index.md").write_text("# All\n\n```{toctree}\none\n```\n", encoding="utf-8")
    cells = [
        {"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": [text]}
        for number, text in enumerate(["# One", *CELLS])
    ]
    cells += [
        {"cell_type": "code", "id": tag, "metadata": {"tags": [tag]}, "source": ["1"], "outputs": []} for tag in TAGS
    ]
    for cell in cells[-len(TAGS) :]:
        cell["execution_count"] = None
    right = {"tags": ["hide-input", "remove_output", "output_scroll", "of-their-own"]}
    cells.append(
        {"cell_type": "code", "id": "right", "metadata": right, "source": ["1"], "outputs": [], "execution_count": None}
    )
    cells.append({"cell_type": "markdown", "id": "tagged", "metadata": {"tags": ["slide"]}, "source": ["words"]})
    for number in range(2):
        metadata = {"slideshow": {"slide_type": "slide"}}
        cells.append({"cell_type": "markdown", "id": f"rise{number}", "metadata": metadata, "source": ["words"]})
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "one.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    said = reported(tmp_path)
    for number, words in enumerate(CELLS.values(), start=2):
        assert words in "\n".join(re.findall(rf"one\.ipynb:cell {number}:\d+: (.*)", said))
    for number, tag in enumerate(TAGS.values(), start=len(CELLS) + 2):
        assert f"did you mean '{tag}'?" in "\n".join(re.findall(rf"one\.ipynb:cell {number}:\d+: (.*)", said))
    assert "the tag 'slide' has no effect on a cell of Markdown" in said
    assert said.count("WARNING: the tag ") == len(TAGS) + 1
    assert said.count("the slide types of Jupyter") == 1


def test_a_mark_whose_extension_is_off_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF_WITHOUT, encoding="utf-8")
    (tmp_path / "index.md").write_text(
        "# One\n\n{.slide}\n## A\n\n[words]{.point}\n\n- [x] a\n- [x] b\n", encoding="utf-8"
    )
    said = reported(tmp_path)
    assert said.count("WARNING") == 3
    assert said.count("'tasklist'") == 1
    assert "on a line of its own" not in said


def test_a_directive_of_others_with_a_name_like_ours_is_theirs(tmp_path: Path) -> None:
    conf = (
        "from docutils.parsers.rst.directives.body import Epigraph\n\n\ndef setup(app):\n"
        "    app.add_directive('slides', Epigraph)\n    app.add_role('points', lambda *given: ([], []))\n"
    )
    (tmp_path / "conf.py").write_text(CONF + conf, encoding="utf-8")
    (tmp_path / "index.md").write_text("# One\n\n```{slides}\nwords\n```\n\n{points}`x`\n", encoding="utf-8")
    assert reported(tmp_path) == ""


def test_front_matter_below_blank_lines_is_named(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("\n---\ntitle: x\n---\n\n# One\n\nwords\n", encoding="utf-8")
    assert "index.md:2: WARNING: this front matter is printed; begin the file with its '---'" in reported(tmp_path)


def test_what_a_slip_brings_about_is_told_where_slips_are_not(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(f'{CONF}suppress_warnings = ["builder.slip"]\n', encoding="utf-8")
    (tmp_path / "index.md").write_text("# One\n\n[words](.point)\n", encoding="utf-8")
    assert "cross-reference target not found: '.point'" in reported(tmp_path)
