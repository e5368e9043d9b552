"""Office files of before 2007 and of other programs (.doc, .wps, .xls, .rtf, .odt): converted by LibreOffice, then read."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.docx import read_docx
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.xlsx import read_xlsx

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_TEXT = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt"}
# The converter is a large program, whatever the file.
_LEAST_MEMORY = 4096
# Its own profile, so that it neither meets the user's running Office nor runs or fetches what a file asks for.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""  # noqa: E501
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


def read_converted(content: bytes, limits: Limits, *, kind: str) -> Extracted:
    """The text of an old file; `kind` as in `vectorstore.formats.kinds`.

    Raises DocumentUnreadable, also where there is no converter on this machine or it takes too long.
    """
    if kind in _TEXT:
        return read_docx(convert(content, suffix=_TEXT[kind], target="docx", limits=limits), limits)
    return read_xlsx(convert(content, suffix=f".{kind}", target="xlsx", limits=limits), limits)


def converter() -> str:
    """The path of LibreOffice's program, "" where it is not installed."""
    return next((found for found in map(shutil.which, _PROGRAMS) if found), "")


def convert(content: bytes, *, suffix: str, target: str, limits: Limits) -> bytes:
    """The file as LibreOffice writes it in the format `target` (docx or xlsx)."""
    program = converter()
    if not program:
        newer = "表格存为 .xlsx，文档存为 .docx"
        raise DocumentUnreadable(
            "这是旧版或其他软件的格式，读取它需要 LibreOffice，这台电脑上没有安装。",
            f"请用 Office 或 WPS 打开后另存（{newer}），或安装 LibreOffice。",
        )
    with tempfile.TemporaryDirectory(prefix="qa-convert-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"file{suffix}"
        source.write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run(program, folder, source, target, limits)
        result = folder / "out" / f"file.{target}"
        if not result.is_file():
            raise DocumentUnreadable(
                "LibreOffice 打不开这个文件，可能已损坏或设有密码。",
                f"请用 Office 或 WPS 打开后另存为 .{target}。",
            )
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, target: str, limits: Limits) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", target, "--outdir", str(folder / "out"), str(source)),
    ]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**kept, **_NO_NETWORK, "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: _give_room(limits),  # noqa: PLW1509 - this process has one thread
    )
    try:
        # A little sooner than whoever waits for this process gives up, so that the reason can be told.
        process.wait(timeout=max(1.0, limits.seconds * 0.9))
    except subprocess.TimeoutExpired:
        raise DocumentUnreadable(
            "LibreOffice 转换这个文件超时。",
            "请用 Office 或 WPS 打开后另存为 .docx 或 .xlsx，或调大 QA_MAX_FILE_SECONDS。",
        ) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _give_room(limits: Limits) -> None:
    """In the converter's process: a group of its own, the memory that so large a program needs, and an end to its work."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = max(limits.memory_megabytes, _LEAST_MEMORY) * MEGABYTE
    resource.setrlimit(
        resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
    )
