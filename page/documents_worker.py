"""Changes the library in a process of its own, so that answering stays quick and nothing that fails here ends the page.

Reads one line of JSON with the work to do, then watches standard input: another line, or its end because the page has
gone, means to stop. Writes lines of JSON: {"progress": …} while it works, then {"done": …} or {"error": …}.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from qa.errors import ExpectedError
from qa.library.documents import Library
from qa.library.reports import Progress
from qa.settings import Settings

_KINDER_BY = 10


def main() -> int:
    """Do the work that standard input names."""
    with suppress(OSError, AttributeError):
        os.nice(_KINDER_BY)
    work = json.loads(sys.stdin.readline())
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    library = Library(Settings(**work["settings"]))
    try:
        _say(done=_ACTIONS[work["action"]](library, work, stop))
    except ExpectedError as error:
        _say(error={"message": error.message, "hint": error.hint})
    return 0


def _add(library: Library, work: dict[str, Any], stop: threading.Event) -> dict[str, Any]:
    report = library.add(work["paths"], replace=work["replace"], on_progress=_tell, should_stop=stop.is_set)
    return {"files": [asdict(file) for file in report.files], "stopped": report.stopped}


def _remove(library: Library, work: dict[str, Any], _: threading.Event) -> dict[str, Any]:
    return {"removed": [asdict(removed) for removed in library.remove([work["name"]])]}


def _restore(library: Library, work: dict[str, Any], _: threading.Event) -> dict[str, Any]:
    return {"restored": library.restore([work["name"]])}


def _correct(library: Library, work: dict[str, Any], _: threading.Event) -> dict[str, Any]:
    return {"corrected": asdict(library.correct(work["name"], **work["fields"]))}


_ACTIONS: dict[str, Callable[[Library, dict[str, Any], threading.Event], dict[str, Any]]] = {
    "add": _add,
    "remove": _remove,
    "restore": _restore,
    "correct": _correct,
}


def _tell(progress: Progress) -> None:
    _say(progress=asdict(progress))


def _say(**said: Any) -> None:
    print(json.dumps(said, ensure_ascii=True), flush=True)


def _watch(stop: threading.Event) -> None:
    sys.stdin.readline()
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
