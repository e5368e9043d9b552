"""The process in which files that nobody vouches for are read: `python -m vectorstore.formats.worker`.

Talks over its standard streams. In: a line of JSON ({"file", "size", "limits", and "marking" where a page is to be
painted}), then the file's bytes. Out, each with eight bytes of length before it, JSON: any number of {"page", "of"},
then {"extracted"}, {"image"} or {"message", "hint"}; "leave" tells that this process is used up. An
empty answer at the beginning says that it is ready.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from base64 import b64encode
from pathlib import Path
from typing import Any, BinaryIO

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.kinds import shown
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.reader import read_file
from vectorstore.records import from_json, to_json

_LENGTH_BYTES = 8


def main() -> None:
    """Answer requests until the other side closes the stream."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests = sys.stdin.buffer
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _say(answers, b"")
    while header := requests.readline():
        request = json.loads(header)
        content = requests.read(request["size"])
        leaving = _answer(answers, content, request)
        if leaving:
            return


def _answer(answers: BinaryIO, content: bytes, request: dict[str, Any]) -> bool:
    """Read one file and say what came of it; True when this process must not read another."""
    file, limits = request["file"], from_json(Limits, request["limits"])
    _limit(limits)
    leaving = False
    reply: dict[str, Any]
    try:
        if "marking" in request:
            reply = {"image": _image(content, request["marking"])}
        else:
            reply = {"extracted": to_json(_extracted(answers, content, file, limits))}
    except DocumentUnreadable as error:
        reply = {"message": error.message, "hint": error.hint}
    except MemoryError:
        leaving = True
        reply = {
            "message": f"读取文件“{shown(file)}”所需的内存超过 {limits.memory_megabytes} MB 的上限。",
            "hint": "请拆分文件后重试，或调大 QA_MAX_FILE_MEMORY_MB。",
        }
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}，{Path(place.filename).name} 第 {place.lineno} 行"
        reply = {
            "message": f"文件“{shown(file)}”无法读取，可能已损坏（{reason}）。",
            "hint": "请用 Office、WPS 或浏览器打开它，另存一份后重试。",
        }
    _tell(answers, {**reply, "leave": leaving})
    return leaving


def _extracted(answers: BinaryIO, content: bytes, file: str, limits: Limits) -> Extracted:
    def on_page(page: int, pages: int) -> None:
        # Time is given by the page.
        _limit(limits)
        _tell(answers, {"page": page, "of": pages})

    return read_file(content, file=file, limits=limits, on_page=on_page)


def _image(content: bytes, marking: str) -> str:
    from vectorstore.formats.page_image import Marking, marked_page  # noqa: PLC0415 - rarely asked for

    return b64encode(marked_page(content, from_json(Marking, marking))).decode()


def _tell(answers: BinaryIO, message: dict[str, Any]) -> None:
    _say(answers, json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))


def _say(answers: BinaryIO, payload: bytes) -> None:
    answers.write(len(payload).to_bytes(_LENGTH_BYTES, "big") + payload)
    answers.flush()


def _limit(limits: Limits) -> None:
    """Soft limits only: the converter of old formats, a child of this process, is given room of its own."""
    memory = limits.memory_megabytes * MEGABYTE
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (memory if most == resource.RLIM_INFINITY else min(memory, most), most)
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Of all cores together, so that a reader which uses several is not stopped before its wall time is over.
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds * (os.cpu_count() or 1) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (seconds if most == resource.RLIM_INFINITY else min(seconds, most), most)
    )


if __name__ == "__main__":
    main()
