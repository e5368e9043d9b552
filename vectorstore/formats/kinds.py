"""Which format a file has: told by its content, held against its suffix.

Offices save web pages as .doc and Word files as .wps; what is in such a file is simply read. A suffix that promises
something else altogether (a .pdf that is a web page) is a mistake that somebody has to know of.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from vectorstore.errors import DocumentUnreadable

TEXT_SUFFIXES = (".txt", ".md")
_DOCUMENTS = ("docx", "doc", "odt", "rtf", "html", "mht")
_SHEETS = ("xlsx", "xls", "xlsb", "ods", "html", "mht")
# What the contents of files of one suffix may be, the usual first.
_ALLOWED: dict[str, tuple[str, ...]] = {
    ".txt": ("text",),
    ".md": ("text",),
    ".csv": ("csv",),
    ".tsv": ("csv",),
    **dict.fromkeys((".htm", ".html", ".shtml", ".xhtml"), ("html", "mht", "text")),
    **dict.fromkeys((".mht", ".mhtml"), ("mht", "html")),
    # A text or list of values under the name of a packed format is what a download left that went wrong.
    **dict.fromkeys((".docx", ".docm", ".odt"), _DOCUMENTS),
    **dict.fromkeys((".doc", ".wps", ".wpt", ".rtf"), (*_DOCUMENTS, "text")),
    **dict.fromkeys((".xlsx", ".xlsm", ".ods"), _SHEETS),
    **dict.fromkeys((".xls", ".et"), (*_SHEETS, "csv")),
    ".pdf": ("pdf",),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), ("image",)),
    ".zip": ("zip",),
}
SUFFIXES = tuple(_ALLOWED)
"""Suffixes, in lower case, of all files that can be read; .zip holds several (see `vectorstore.formats.archive`)."""

_NAMES = {
    "text": ("纯文本", ".txt"),
    "csv": ("CSV 表格", ".csv"),
    "html": ("网页", ".html"),
    "mht": ("单个文件的网页", ".mht"),
    "docx": ("Word 文档", ".docx"),
    "doc": ("Word 97—2003 文档", ".doc"),
    "odt": ("OpenDocument 文档", ".odt"),
    "rtf": ("RTF 文档", ".rtf"),
    "xlsx": ("Excel 表格", ".xlsx"),
    "xls": ("Excel 97—2003 表格", ".xls"),
    "xlsb": ("Excel 二进制表格", ".xlsb"),
    "ods": ("OpenDocument 表格", ".ods"),
    "pdf": ("PDF 文件", ".pdf"),
    "image": ("图片", ".png"),
    "zip": ("ZIP 压缩包", ".zip"),
}
_IMAGE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP", re.DOTALL)
_OTHER_ARCHIVE = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh\d1AY&SY|\xfd7zXZ", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD = 1024
_HEAD = 4096
_MIME = re.compile(rb"^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
# Word and Excel 2003 could write one XML file, which exports of many systems still are.
_OFFICE_XML = re.compile(
    rb"<\?xml[^>]*>(?:(?!<!DOCTYPE)[\s\S]){0,1000}?<(?:\w+:)?(wordDocument|Workbook)\s[^>]*"
    rb"(?:office/word/2003/wordml|urn:schemas-microsoft-com:office:spreadsheet)"
)
_TAG = re.compile(rb"<[\x00]?[A-Za-z!/?]")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body|table|div|p|meta)[\s>]", re.IGNORECASE)


def suffix_of(file: str) -> str:
    """The suffix of a path inside the library, in lower case, with its dot."""
    return PurePosixPath(file).suffix.lower()


def shown(file: str) -> str:
    """A file's name as it may stand in a message: no control or direction characters, not endless."""
    visible = "".join(character if character.isprintable() else "�" for character in file)
    return visible if len(visible) <= 120 else f"{visible[:80]}…{visible[-30:]}"


def kind_of(content: bytes, *, file: str) -> str:
    """The format of a file: a key such as "text", "docx", "pdf", "zip".

    Raises DocumentUnreadable, in words for the user, for what cannot be read in any way and for a suffix that
    promises something else.
    """
    suffix = suffix_of(file)
    name = shown(file)
    if suffix not in _ALLOWED:
        raise DocumentUnreadable(
            f"文件“{name}”的格式不支持。", f"可以读的格式：{' '.join(SUFFIXES)}。请另存为其中一种。"
        )
    if not content.strip(b"\0 \t\r\n"):
        raise DocumentUnreadable(f"文件“{name}”是空的。", "请换上有内容的文件。")
    allowed = _ALLOWED[suffix]
    kind = _kind_by_signature(content, name)
    if not kind:
        # Some programs write a few bytes before a PDF begins.
        late_pdf = suffix == ".pdf" and b"%PDF-" in content[:_PDF_HEAD]
        kind = "pdf" if late_pdf else _kind_of_text(content, allowed)
    if kind not in allowed:
        really, better = _NAMES[kind]
        hint = f"请确认文件没有弄错；没有弄错就把后缀改为 {better}。"
        if kind in ("html", "text"):
            hint = f"可能下载时得到的是网站的提示，请打开看看，重新取得文件；没有弄错就把后缀改为 {better}。"
        raise DocumentUnreadable(f"文件“{name}”的后缀是 {suffix}，内容却是{really}。", hint)
    return kind


def _kind_by_signature(content: bytes, name: str) -> str:
    """The format that the first bytes prove; "" for what may be text."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if _IMAGE.match(content):
        return "image"
    if content.startswith(_OLE):
        return _kind_of_ole(content, name)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content, name)
    if _OTHER_ARCHIVE.match(content):
        raise DocumentUnreadable(
            f"文件“{name}”是 ZIP 以外的压缩包，不支持。", "请解压后加入，或压缩为 .zip。"
        )
    return "rtf" if content.startswith(b"{\\rtf") else ""


def _kind_of_text(content: bytes, allowed: tuple[str, ...]) -> str:
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if office := _OFFICE_XML.match(head):
        return "doc" if office[1] == b"wordDocument" else "xls"
    if "html" in allowed:
        if _MIME.match(head):
            return "mht"
        if _HTML.search(head) or (allowed[0] in ("html", "mht") and _TAG.search(content)):
            return "html"
        return "csv" if "csv" in allowed else "text"
    # A text that quotes HTML is still a text; only a whole page under another suffix is a mistake.
    is_page = re.match(rb"<!doctype\s+html|<html[\s>]", head, re.IGNORECASE) is not None
    return "html" if is_page else _text_like(allowed)


def _text_like(allowed: tuple[str, ...]) -> str:
    return allowed[0] if allowed[0] in ("text", "csv") else "text"


def _kind_of_ole(content: bytes, name: str) -> str:
    """Office files before 2007, and encrypted ones of today: told apart by the names of their streams."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise DocumentUnreadable(
            f"文件“{name}”设有打开密码，无法读取。", "请用 Office 或 WPS 打开，取消密码后另存一份。"
        )
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book\0"):
        return "xls"
    raise DocumentUnreadable(
        f"文件“{name}”是认不出的 Office 文件（也可能已损坏）。",
        "请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx。",
    )


def _kind_of_zip(content: bytes, name: str) -> str:
    """ZIP archives and the formats that are such archives, told apart by their parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            types = _beginning(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
            mimetype = _beginning(archive, "mimetype") if "mimetype" in names else b""
    except Exception as error:
        # Whatever a broken archive makes the library raise: it is many things.
        raise DocumentUnreadable(
            f"文件“{name}”已损坏或不完整（可能没有下载完）。", "请重新取得这个文件，能打开后再加入。"
        ) from error
    if "OFD.xml" in names:
        raise DocumentUnreadable(
            f"文件“{name}”是 OFD 版式文件，尚不支持。", "请用阅读器把它转为 PDF 后加入。"
        )
    for pattern, kind in _BY_CONTENT_TYPE:
        if pattern.search(types):
            return kind
    for mark, kind in ((b"opendocument.text", "odt"), (b"opendocument.spreadsheet", "ods")):
        if mark in mimetype:
            return kind
    if b"presentationml" in types or b"opendocument.presentation" in mimetype:
        raise DocumentUnreadable(f"文件“{name}”是演示文稿，不支持。", "请另存为 PDF 后加入。")
    return "zip"


# Of the main part: an Office file may hold another inside.
_BY_CONTENT_TYPE = (
    (re.compile(rb"(?:wordprocessingml\.\w+|ms-word\.\w+\.macroEnabled\w*)\.main\+xml"), "docx"),
    (re.compile(rb"(?:spreadsheetml\.\w+|ms-excel\.\w+\.macroEnabled\w*)\.main\+xml"), "xlsx"),
    (re.compile(rb"ms-excel\.sheet\.binary\.macroEnabled\.main"), "xlsb"),
)


def _beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Other methods let the archive choose how much memory they need, and no Office program uses them.
        return b""
    with archive.open(part) as file:
        return file.read(200_000)
