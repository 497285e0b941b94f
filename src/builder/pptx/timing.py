"""``:reveal:`` → the timing tree that shows paragraphs and shapes one click at a time, and dims or hides them at the
next (ECMA-376 part 1, 19.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from builder.pptx.xml import MC, P159


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an animation: a shape, or the paragraphs ``first`` to ``last`` of it, appears at a click.

    The steps ``together`` appear with it. ``after`` is what becomes of it at the next click: '' nothing, ``hide``, or
    the colour, six hex digits, that its words get. Those with one number ``lit`` light neighbouring lines of code.
    """

    shape: int
    first: int = -1
    last: int = -1
    together: tuple[Step, ...] = ()
    after: str = ""
    lit: int = 0

    def all(self) -> tuple[Step, ...]:
        """This step and those that appear with it."""
        return (self, *self.together)


def timing(steps: list[Step], played: Sequence[tuple[int, str]] = ()) -> str:
    """``p:timing`` for ``steps`` and for films and sounds ``played`` (shape, kind); '' for none."""
    if not steps and not played:
        return ""
    ids = count(3)
    clicks = "".join(_click(step, ids) for step in steps)
    built = list(dict.fromkeys(one.shape for step in steps for one in step.all() if one.first >= 0))
    builds = "".join(f'<p:bldP spid="{shape}" grpId="0" build="p"/>' for shape in built)
    build_list = f"<p:bldLst>{builds}</p:bldLst>" if builds else ""
    sequence = (
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>'
        f"{clicks}</p:childTnLst></p:cTn>"
        '<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
        '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>'
    )
    media = "".join(_media(shape, kind, next(ids)) for shape, kind in played)
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>'
        f"{sequence if steps else ''}{media}</p:childTnLst></p:cTn></p:par></p:tnLst>{build_list}</p:timing>"
    )


def _media(shape: int, kind: str, number: int) -> str:
    """A film or sound that waits for a click on it."""
    return (
        f'<p:{kind}><p:cMediaNode vol="80000"><p:cTn id="{number}" fill="hold" display="0">'
        '<p:stCondLst><p:cond delay="indefinite"/></p:stCondLst></p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:{kind}>'
    )


def revealed(steps: list[Step], what: str, faint: str = "") -> list[Step]:
    """The steps that a slide shows one by one: ``all``, only the points of ``lists``, ``nothing``; all with those
    before ``faint`` (``dim``) or hidden (``replace``); or the ``lines`` of code that are lit, group by group.
    """
    if what == "lines":
        return left_behind(lit_of(steps), "hide")
    if what == "lists":
        return [step for step in steps if step.first >= 0]
    if what in ("dim", "replace"):
        return left_behind(steps, faint if what == "dim" else "hide")
    return steps if what == "all" else []


def lit_of(steps: Sequence[Step]) -> list[Step]:
    """The groups of lines that are lit, each a step."""
    bands = [one for step in steps for one in step.all() if one.lit]
    groups = [list(group) for _number, group in groupby(bands, lambda one: one.lit)]
    return [replace(first, together=tuple(replace(one, together=()) for one in rest)) for first, *rest in groups]


def left_behind(steps: Sequence[Step], after: str) -> list[Step]:
    """``steps`` that are dimmed or hidden when the next one comes; the last stays."""
    return [
        replace(step, after=after, together=tuple(replace(one, after=after) for one in step.together))
        for step in steps[:-1]
    ] + list(steps[-1:])


def transition(name: str) -> str:
    """``p:transition`` to a slide (ECMA-376 part 1, 19.5.92; morph is [MS-PPTX] 2.2.5); '' for ``none``."""
    if name == "none":
        return ""
    if name == "morph":
        return (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:p159="{P159}" Requires="p159">'
            '<p:transition spd="slow"><p159:morph option="byObject"/></p:transition></mc:Choice>'
            f"<mc:Fallback>{transition('fade')}</mc:Fallback></mc:AlternateContent>"
        )
    return f'<p:transition spd="med"><p:{name}/></p:transition>'


def joined(steps: Sequence[Step], most: int) -> list[Step]:
    """``steps`` of which those from place ``most`` on appear with the one before them."""
    first, rest = list(steps[:most]), steps[most:]
    if not first or not rest:
        return list(steps)
    return [
        *first[:-1],
        replace(first[-1], together=(*first[-1].together, *(one for step in rest for one in step.all()))),
    ]


def _click(step: Step, ids: count[int]) -> str:
    outer, middle = next(ids), next(ids)
    effects = "".join(
        _appear(one, ids, "withEffect" if number else "clickEffect") for number, one in enumerate(step.all())
    )
    return (
        f'<p:par><p:cTn id="{outer}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{middle}" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>'
        f"{effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def _appear(step: Step, ids: count[int], when: str) -> str:
    text = f'<p:txEl><p:pRg st="{step.first}" end="{step.last}"/></p:txEl>' if step.first >= 0 else ""
    target = f'<p:spTgt spid="{step.shape}">{text}</p:spTgt>' if text else f'<p:spTgt spid="{step.shape}"/>'
    inner, action = next(ids), next(ids)
    return (
        f'<p:par><p:cTn id="{inner}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" grpId="0" '
        f'nodeType="{when}">'
        '<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr>'
        f'<p:cTn id="{action}" dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn>'
        f"<p:tgtEl>{target}</p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        f'<p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst>{_after(step, target)}</p:cTn></p:par>'
    )


def _after(step: Step, target: str) -> str:
    """The effect on a target at the click after the one that shows it (19.5.82); only words can be dimmed."""
    if not step.after or (step.after != "hide" and step.first < 0):
        return ""
    common = '<p:cTn dur="1" fill="hold" display="0" masterRel="nextClick" afterEffect="1"/>'
    behaviour = f"{common}<p:tgtEl>{target}</p:tgtEl><p:attrNameLst><p:attrName>"
    if step.after == "hide":
        return (
            f"<p:subTnLst><p:set><p:cBhvr>{behaviour}style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
            '<p:to><p:strVal val="hidden"/></p:to></p:set></p:subTnLst>'
        )
    return (
        f'<p:subTnLst><p:animClr clrSpc="rgb" dir="cw"><p:cBhvr override="childStyle">{behaviour}ppt_c</p:attrName>'
        f'</p:attrNameLst></p:cBhvr><p:to><a:srgbClr val="{step.after}"/></p:to></p:animClr></p:subTnLst>'
    )
