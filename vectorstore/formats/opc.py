"""The ZIP packages that Office files are: their parts as XML, unpacked within limits, with no entity and no network."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.limits import Limits
from vectorstore.formats.zip_parts import Budget, open_zip, read_part

_FILE = "文档"
# No Office program writes a document type; an entity bomb needs one.
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_BAD = ("文件的内部结构已损坏。", "请用 Office 或 WPS 打开（会提示修复），另存一份后重试。")


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the last word of the relationship's type, and the part's path in the package."""

    kind: str
    target: str


@lru_cache(maxsize=4096)
def local(tag: Any) -> str:
    """An element's name without its namespace; Office writes two sets of namespaces for the same names."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Any, name: str = "val") -> str:
    """The attribute of this name in whatever namespace; "" if there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Any, name: str) -> Any:
    """The first child of this local name, or None."""
    for found in element if element is not None else ():
        if local(found.tag) == name:
            return found
    return None


def is_on(element: Any) -> bool:
    """Whether a switch (<w:vanish/>) is there and not turned off."""
    return element is not None and value_of(element) not in ("0", "false", "off", "none")


class Package:
    """An Office file, opened. Raises DocumentUnreadable when it is broken or too large, also later on."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._archive = open_zip(content, file=_FILE, limits=limits)
        self._budget = Budget(len(content), limits)
        # Some programs write backslashes or other capitals than they refer to.
        self._parts = {_key(part.filename): part for part in self._archive.infolist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    @cached_property
    def main(self) -> str:
        """The path of the main part."""
        found = [r.target for r in self.relationships("").values() if r.kind == "officeDocument"]
        if not found:
            raise DocumentUnreadable(*_BAD)
        return found[0]

    def has(self, part: str) -> bool:
        """Whether there is a part of this path."""
        return _key(part) in self._parts

    def xml(self, part: str) -> Any:
        """The root element of a part. Raises DocumentUnreadable if it is missing or no sound XML."""
        content = self.sound_content(part)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(content, parser)
        except etree.LxmlError as error:
            if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
                raise MemoryError from error
            raise DocumentUnreadable(*_BAD) from error

    def optional_xml(self, part: str) -> Any:
        """As `xml`, None for a part that is not there."""
        return self.xml(part) if part and self.has(part) else None

    def holds(self, *folders: str) -> bool:
        """Whether there is a part in one of these folders."""
        return any(part.startswith(folders) for part in self._parts)

    def sound_content(self, part: str) -> bytes:
        """The bytes of an XML part. Raises DocumentUnreadable if it defines entities."""
        content = self._content(part)
        if any(mark in content for mark in _DOCTYPE):
            raise DocumentUnreadable(
                "文件里有不允许的实体定义，可能是恶意文件。", "请用 Office 或 WPS 打开，另存一份后重试。"
            )
        return content

    def _content(self, part: str) -> bytes:
        info = self._parts.get(_key(part))
        if info is None:
            raise DocumentUnreadable(*_BAD)
        return read_part(self._archive, info, budget=self._budget, file=_FILE)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Identifier → what the part refers to inside the package; the package's own for ""."""
        folder, name = posixpath.split(part)
        root = self.optional_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for entry in root if root is not None else ():
            if entry.get("TargetMode") == "External":
                continue
            target = re.sub(r"\\", "/", entry.get("Target") or "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (entry.get("Type") or "").rpartition("/")[2]
            found[entry.get("Id") or ""] = Relationship(kind, posixpath.normpath(path))
        return found

    def target(self, part: str, kind: str) -> str:
        """The part of this kind that `part` refers to; "" if it does not."""
        return next((r.target for r in self.relationships(part).values() if r.kind == kind), "")

    def title(self) -> str:
        """The title in the file's properties, "" if it is none."""
        root = self.optional_xml("docProps/core.xml")
        stated = (
            " ".join((child(root, "title").text or "").split()) if child(root, "title") is not None else ""
        )
        return stated if 6 <= len(stated) <= 80 and re.search(r"[\u4e00-\u9fff]{4}", stated) else ""


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
