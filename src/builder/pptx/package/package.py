"""An Office package as its parts and relationships, read and written whole (ISO/IEC 29500-2).

Parts that are not touched keep their bytes."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import R
from builder.pptx.package.parts import CONTENT_TYPES_PART, PackageError, extension, open_parts, parsed
from builder.pptx.package.serialize import DECLARATION, FIXED_TIME, RELATIONSHIPS

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MOST_TREES = 8
"""How many parsed parts are cached: those of the slide that is merged."""
LEVEL = 3
"""The level of compression of merged decks: a third of the time for a tenth more bytes."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """``target`` is the name of a part, or an address where it is ``external``."""

    kind: str
    target: str
    external: bool = False

    @property
    def type(self) -> str:
        """The last word of its kind: ``slide``, ``image``, ``hyperlink``."""
        return last_word(self.kind)


@cache
def last_word(kind: str) -> str:
    """Return the end of an address."""
    return kind.rsplit("/", 1)[-1]


class Package:
    """Parts by name, ``/ppt/slides/slide1.xml``, each with its relationships by id."""

    def __init__(self, content: bytes) -> None:
        """Read a file.

        Raises:
            PackageError: it is no Office file, or one that `open_parts` refuses.
        """
        self.parts: MutableMapping[str, bytes] = open_parts(content)
        self.entries = tuple(self.parts)
        """Names of all parts in the order of the file, content types and relationships among them."""
        types = parsed(self.parts.pop(CONTENT_TYPES_PART), CONTENT_TYPES_PART)
        self.defaults = {
            item.get("Extension", "").lower(): item.get("ContentType", "")
            for item in types.iter(f"{{{CONTENT_TYPES}}}Default")
        }
        self.overrides = {
            item.get("PartName", ""): item.get("ContentType", "") for item in types.iter(f"{{{CONTENT_TYPES}}}Override")
        }
        self._rels: dict[str, dict[str, Relationship]] = {}
        self._rels_read: dict[str, dict[str, Relationship]] = {}
        self._trees: dict[str, tuple[bytes, Any]] = {}
        self._digests: dict[str, str] = {}

    # --- parts

    def content_type(self, name: str) -> str:
        """Return the declared type of a part."""
        found: str = self.overrides.get(name) or self.defaults.get(extension(name), "")
        return found

    def xml(self, name: str) -> Any:
        """Return a part, parsed anew at each call."""
        return parsed(self.parts[name], name)

    def read(self, name: str) -> Any:
        """Return a part, parsed once and not to be changed; the last `MOST_TREES` are cached."""
        content = self.parts[name]
        cached = self._trees.pop(name, None)
        if cached is None or cached[0] is not content:
            cached = content, parsed(content, name)
            if len(self._trees) >= MOST_TREES:
                del self._trees[next(iter(self._trees))]
        self._trees[name] = cached
        return cached[1]

    def digest(self, name: str) -> str:
        """Return SHA-256 of a part as it was read; parts that are digested are not written to."""
        if name not in self._digests:
            self._digests[name] = sha256(self.parts.get(name, b"")).hexdigest()
        return self._digests[name]

    def put(self, name: str, root: Any) -> None:
        """Write a part of XML."""
        self.parts[name] = DECLARATION.encode() + etree.tostring(root)

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part, which has no relationships."""
        self.parts[name] = content
        self._rels[name] = {}
        if self.defaults.get(extension(name)) != content_type:
            self.overrides[name] = content_type

    def free(self, name: str) -> str:
        """Return ``name``, or one like it with the first number that no part has."""
        stem, suffix = posixpath.splitext(name)
        stem = stem.rstrip("0123456789")
        taken = self.parts.keys()
        number = 1
        while f"{stem}{number}{suffix}" in taken:
            number += 1
        return name if name not in taken else f"{stem}{number}{suffix}"

    # --- relationships

    def rels(self, name: str) -> dict[str, Relationship]:
        """Return the relationships of a part by their ids; '/' is the package."""
        if name not in self._rels:
            content = self.parts.get(rels_name(name), b"")
            found = relationships_in(content, rels_name(name), posixpath.dirname(name))
            self._rels[name] = dict(found)
            self._rels_read[name] = found
        return self._rels[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Return names of the parts to which a part has relationships of a type (`Relationship.type`)."""
        return [found.target for found in self.rels(name).values() if found.type == kind and not found.external]

    def relate(self, name: str, relationship: Relationship) -> str:
        """Return the id of a relationship of a part, which gets it unless it has the like."""
        known = self.rels(name)
        for rid, found in known.items():
            if found == relationship:
                return rid
        number = len(known) + 1
        while f"rId{number}" in known:
            number += 1
        known[f"rId{number}"] = relationship
        return f"rId{number}"

    @cached_property
    def presentation(self) -> str:
        """The name of the main part.

        Raises:
            PackageError: there is none.
        """
        found = self.related("/", "officeDocument")
        if not found or found[0] not in self.parts:
            raise PackageError("it is not a .pptx file: no relationship leads to its list of slides.")
        return found[0]

    # --- out

    def content(self) -> bytes:
        """Return the file: parts that can be reached, in a fixed order and with fixed times."""
        reached = self.reached()
        for name in {owner for owner in self._rels if owner in reached or owner == "/"}:
            if self._rels[name] == self._rels_read.get(name) and rels_name(name) in self.parts:
                continue
            if self._rels[name]:
                self.parts[rels_name(name)] = self.rels_xml(name)
            else:
                self.parts.pop(rels_name(name), None)
        names = [name for name in self.parts if is_rels(name) and (owner_of(name) in reached or owner_of(name) == "/")]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            entries = {"/[Content_Types].xml": self.types_xml(reached)} | {
                name: self.parts[name] for name in sorted({*reached, *names}, key=natural)
            }
            for name, content in entries.items():
                entry = zipfile.ZipInfo(name[1:], FIXED_TIME)
                entry.compress_type = zipfile.ZIP_STORED if extension(name) in COMPRESSED else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        return out.getvalue()

    def reached(self) -> set[str]:
        """Return the parts to which relationships lead."""
        found: set[str] = set()
        waiting = ["/"]
        while waiting:
            for relationship in self.rels(waiting.pop()).values():
                if not relationship.external and relationship.target in self.parts and relationship.target not in found:
                    found.add(relationship.target)
                    waiting.append(relationship.target)
        return found

    def rels_xml(self, name: str) -> bytes:
        """Return the ``.rels`` of a part."""
        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap=nsmap(RELATIONSHIPS))
        for rid, found in sorted(self._rels[name].items(), key=lambda item: natural(item[0])):
            item = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=rid, Type=found.kind)
            base = posixpath.dirname(name)
            item.set("Target", found.target if found.external else posixpath.relpath(found.target, base))
            if found.external:
                item.set("TargetMode", "External")
        return DECLARATION.encode() + etree.tostring(root)

    def types_xml(self, reached: set[str]) -> bytes:
        """Return ``[Content_Types].xml`` for the parts that are reached."""
        root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap=nsmap(CONTENT_TYPES))
        used = {extension(name) for name in reached if name not in self.overrides} | {"rels"}
        for suffix in sorted(used & self.defaults.keys()):
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=suffix, ContentType=self.defaults[suffix])
        for name in sorted(reached & self.overrides.keys(), key=natural):
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=name, ContentType=self.overrides[name])
        return DECLARATION.encode() + etree.tostring(root)


@lru_cache(maxsize=4096)
def relationships_in(content: bytes, name: str, folder: str) -> dict[str, Relationship]:
    """Return the relationships in the ``.rels`` part ``name`` of a part in ``folder``, not to be changed.

    They are cached, since versions of a deck have many in common."""
    found = {}
    for item in parsed(content, name).iter(f"{{{RELATIONSHIPS}}}Relationship") if content else ():
        external = item.get("TargetMode") == "External"
        target = item.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join(folder, target))
        found[item.get("Id", "")] = Relationship(item.get("Type", ""), target, external)
    return found


COMPRESSED = {"png", "jpg", "jpeg", "gif", "mp4", "m4v", "mov", "webm", "mp3", "m4a"}


def rels_name(name: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    if name == "/":
        return "/_rels/.rels"
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"


def is_rels(name: str) -> bool:
    """Return whether a part holds relationships."""
    return name.endswith(".rels") and posixpath.basename(posixpath.dirname(name)) == "_rels"


def owner_of(name: str) -> str:
    """Return the part whose relationships ``name`` has."""
    folder, base = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
    return "/" if owner == "/" or base == ".rels" else owner


def natural(name: str) -> list[Any]:
    """Return a key that sorts slide2 before slide10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name) if part]


class Importer:
    """Copies parts of one package, with all that they need, into another; ``known`` are those copied already, or
    left out ('')."""

    def __init__(self, source: Package, target: Package, known: dict[str, str]) -> None:
        self.source, self.target, self.known = source, target, known
        self._by_digest: dict[tuple[str, str], str] | None = None

    def part(self, name: str) -> str:
        """Return the name in the target of a part of the source; '' for one that is left out."""
        if name in self.known:
            return self.known[name]
        if name not in self.source.parts:
            return ""
        same = self.there_already(name) if not self.source.rels(name) else ""
        if same:
            self.known[name] = same
            return same
        copy = self.target.free(name)
        self.known[name] = copy
        self.target.add(copy, self.source.parts[name], self.source.content_type(name))
        relationships = self.target.rels(copy)
        for rid, found in self.source.rels(name).items():
            target = found.target if found.external else self.part(found.target)
            if target:
                relationships[rid] = Relationship(found.kind, target, found.external)
        return copy

    def there_already(self, name: str) -> str:
        """Return the part of the target that is a medium with the same bytes; '' for none."""
        if not name.startswith("/ppt/media/"):
            return ""
        if self._by_digest is None:
            self._by_digest = {
                (extension(part), self.target.digest(part)): part
                for part in self.target.parts
                if part.startswith("/ppt/media/")
            }
        return self._by_digest.get((extension(name), self.source.digest(name)), "")

    def adopt(self, element: Any, source_part: str, target_part: str) -> Any:
        """Give an element (a copy) relationships of a part of the target, and return it; links to slides that are
        left out go."""
        relationships = self.source.rels(source_part)
        for item in list(element.iter(etree.Element)):
            for name, value in list(item.attrib.items()):
                if not name.startswith(R) or not value:
                    continue
                found = relationships.get(value)
                target = "" if found is None else found.target if found.external else self.part(found.target)
                if found is not None and target:
                    item.set(name, self.target.relate(target_part, Relationship(found.kind, target, found.external)))
                elif etree.QName(item).localname in ("hlinkClick", "hlinkHover", "hlinkMouseOver"):
                    item.getparent().remove(item)
                    break
                else:
                    del item.attrib[name]
        return element


def nsmap(namespace: str) -> Any:
    """Return a namespace without a prefix."""
    return {None: namespace}
