"""The process in which files that nobody vouches for are read: `python -m vectorstore.formats.worker`.

Talks over its standard streams. In: a line of JSON ({"file", "size", "limits"}), then the file's bytes. Out: eight
bytes of length, then JSON: {"extracted"} or {"message", "hint"}; "leave" tells that this process is used up. An empty
answer at the beginning says that it is ready.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from vectorstore.errors import DocumentUnreadable
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
        leaving = _answer(answers, content, request["file"], from_json(Limits, request["limits"]))
        if leaving:
            return


def _answer(answers: BinaryIO, content: bytes, file: str, limits: Limits) -> bool:
    """Read one file and say what came of it; True when this process must not read another."""
    _limit(limits)
    leaving = False
    reply: dict[str, Any]
    try:
        reply = {"extracted": to_json(read_file(content, file=file, limits=limits))}
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
    payload = json.dumps({**reply, "leave": leaving}, ensure_ascii=False).encode("utf-8", "replace")
    _say(answers, payload)
    return leaving


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
