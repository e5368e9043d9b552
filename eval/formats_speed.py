"""How fast files become text, without embedding: `python -m eval.formats_speed`.

Text read a second, in MB of UTF-8, of one long plan written as TXT, HTML, DOCX and CSV; read here, and in the process of its
own in which files of the library are read. CPU time and wall time: on a busy machine only the first tells anything.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from functools import partial

import docx

from vectorstore.formats.extracted import Extracted
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.reader import read_file

_PARAGRAPHS = 10_000
_SENTENCE = "（{}）新建养老院3所，新增床位360张，改造适老住房120户，继续完善居家社区机构相协调的养老服务体系，提升服务质量。"


def main() -> None:
    """Print one line for each format."""
    lines = [_SENTENCE.format(number) for number in range(_PARAGRAPHS)]
    files = {
        "plan.txt": "\n".join(lines).encode(),
        "plan.html": "".join(f"<p><span>\u3000\u3000</span>{line}</p>\n" for line in lines).encode("gb18030"),
        "plan.docx": _word(lines),
        "plan.csv": "\n".join(f"{number},{line},360,%" for number, line in enumerate(lines)).encode("gbk"),
    }
    print("format  MB of text  MB a second (CPU)  MB a second (wall)  in a process of its own (wall)")
    with IsolatedReader() as isolated:
        isolated.read(b"<p>x</p>", file="warm.html")
        for file, content in files.items():
            read, cpu, wall = _timed(partial(read_file, content, file=file))
            _, _, apart = _timed(partial(isolated.read, content, file=file))
            size = len(read.text.encode()) / 1e6
            print(
                f"{file[5:]:6}  {size:10.2f}  {size / cpu:17.1f}  {size / wall:18.1f}  {size / apart:30.1f}"
            )


def _timed(read: Callable[[], Extracted]) -> tuple[Extracted, float, float]:
    """(what was read, CPU seconds of this process, wall seconds) of the best of three runs."""
    runs = []
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        found = read()
        runs.append((max(time.process_time() - cpu, 1e-9), time.perf_counter() - wall))
    return found, min(cpu for cpu, _ in runs), min(wall for _, wall in runs)


def _word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    main()
