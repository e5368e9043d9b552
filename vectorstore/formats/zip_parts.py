"""Parts of ZIP archives, unpacked within limits: what an archive says about its sizes is not believed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.kinds import shown
from vectorstore.formats.limits import MEGABYTE, Limits

# Others either need memory that the archive chooses (LZMA) or are not in the standard library.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_PIECE = 1 << 20
# A small archive may be packed as tightly as it likes.
_NO_BOMB = 10 * MEGABYTE
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError,
    LookupError, OverflowError, AttributeError,
)  # fmt: skip


class PartUnreadable(DocumentUnreadable):
    """One part cannot be unpacked; the others may be."""


@dataclass
class Budget:
    """How much may still be unpacked of one file, the archives inside it included."""

    packed: int
    limits: Limits
    spent: int = field(default=0)

    def spend(self, size: int, *, file: str) -> None:
        """Raise DocumentUnreadable when so many more bytes are too many."""
        self.spent += size
        most = self.limits.unpacked_megabytes * MEGABYTE
        if self.spent > most or self.spent > max(_NO_BOMB, self.packed * self.limits.ratio):
            raise DocumentUnreadable(
                f"文件“{shown(file)}”解压后过大（超过 {self.limits.unpacked_megabytes} MB，或超过压缩前的 "
                f"{self.limits.ratio} 倍），可能是恶意的压缩文件。",
                "请确认文件来源；确实需要时调大 QA_MAX_UNPACKED_MB 或 QA_MAX_ARCHIVE_RATIO。",
            )


def open_zip(content: bytes, *, file: str, limits: Limits) -> zipfile.ZipFile:
    """The archive. Raises DocumentUnreadable if it is broken or holds more files than the limits allow."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise DocumentUnreadable(
            f"文件“{shown(file)}”已损坏或不完整（可能没有下载完）。", "请重新取得这个文件，能打开后再加入。"
        ) from error
    if len(archive.infolist()) > limits.archive_files:
        archive.close()
        raise DocumentUnreadable(
            f"文件“{shown(file)}”里有 {len(archive.infolist())} 个文件，超过 {limits.archive_files} 个的上限。",
            "请分成几个压缩包，或调大 QA_MAX_ARCHIVE_FILES。",
        )
    return archive


def read_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, budget: Budget, file: str, most: int | None = None
) -> bytes:
    """The bytes of one part. Raises PartUnreadable for that part alone, DocumentUnreadable when the budget is spent.

    `most` bytes are what the part may hold at most, `file` is what messages call it.
    """
    name = shown(file)
    if part.flag_bits & 0x1:
        raise PartUnreadable(f"文件“{name}”加了密码，无法读取。", "请解密后重新压缩，或单独加入。")
    if part.compress_type not in _METHODS:
        raise PartUnreadable(f"文件“{name}”的压缩方法不支持。", "请用普通的 ZIP 格式重新压缩。")
    unpacked = bytearray()
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                budget.spend(len(piece), file=file)
                unpacked += piece
                if most is not None and len(unpacked) > most:
                    raise PartUnreadable(
                        f"文件“{name}”解压后超过 {most // MEGABYTE} MB 的上限。",
                        "请拆分后重试，或调大 QA_MAX_FILE_MB。",
                    )
    except _BROKEN as error:
        raise PartUnreadable(f"文件“{name}”已损坏，无法解压。", "请重新取得这个文件后再加入。") from error
    return bytes(unpacked)
