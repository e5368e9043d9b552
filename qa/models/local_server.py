"""A GGUF model served on loopback by a child process, so that a crash in native code ends the child alone.

Parent and child talk over the child's standard streams: the parent writes the API key to its input and
keeps it open (its end means that the parent is gone), the child prints one JSON line when it is ready.
The key never stands on a command line or in an environment that other programs can read.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from qa.errors import ModelUnavailable

_HINT = "请运行 qa model fetch 重新下载模型，或用 QA_LOCAL_MODEL 换一个 GGUF 文件；在此之前以原文摘录作答。"
# How long the engine's threads wait for each other awake. Its own default never gives up the processor:
# beside another busy program that is several times slower, and with this limit it is as fast when alone.
_THREADING = {"GOMP_SPINCOUNT": "2000"}


class LocalServer:
    """Serves one GGUF file to this machine with an OpenAI-compatible API, in a child process.

    The child starts at the first `start`, is started again when it has died, and ends with `stop`, with
    this process, or when this process is killed. Safe to use from several threads.
    """

    def __init__(
        self,
        model: Path,
        *,
        threads: int | None = None,
        context_tokens: int = 4096,
        start_seconds: float = 120,
    ) -> None:
        """Prepare; nothing runs yet. `threads` None means one for each physical core."""
        self.model = model
        self.api_key = secrets.token_urlsafe(24)
        self._arguments = ["--model", str(model), "--context", str(context_tokens)]
        self._arguments += ["--threads", str(threads or physical_cores())]
        self._start_seconds = start_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._base_url = ""

    @property
    def process_id(self) -> int | None:
        """The child's process number while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def has_died(self) -> bool:
        """Whether the child that ran has ended by itself; to be asked when a request to it has failed."""
        process = self._process
        if process is None:
            return False
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)  # its connections end a moment before itself
        return process.poll() is not None

    def start(self) -> str:
        """The base URL of the running server, starting it when it is not running.

        Raises ModelUnavailable with the last lines of its log when it does not come up in time.
        """
        with self._lock:
            if self.process_id is None:
                self._end()
                atexit.register(self.stop)
                try:
                    self._base_url = self._launch()
                except BaseException:
                    self._end()
                    raise
            return self._base_url

    def stop(self) -> None:
        """End the child and wait until it is gone; does nothing when none runs."""
        with self._lock:
            self._end()

    def _launch(self) -> str:
        with tempfile.TemporaryFile() as log:
            self._process = process = subprocess.Popen(
                # -P and the path: the child finds this very package, wherever both were started from.
                [sys.executable, "-P", "-m", "qa.models.local_server", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**_THREADING, **os.environ, "PYTHONPATH": _package_path()},
            )
            assert process.stdin is not None and process.stdout is not None  # noqa: S101 - for the type checker
            with suppress(BrokenPipeError):  # died at once; its log tells why
                process.stdin.write(f"{self.api_key}\n".encode())
                process.stdin.flush()
            announced = _first_line(process.stdout, seconds=self._start_seconds)
            if announced:
                return str(json.loads(announced)["base_url"])
            if announced is None:
                raise ModelUnavailable(
                    f"本地模型 {self.model.name} 在 {self._start_seconds:.0f} 秒内没有加载完。",
                    "请稍后再试，或设 QA_LLM=none 只用原文摘录作答。",
                )
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)  # what it still has to say goes to the log
            raise ModelUnavailable(
                f"本地模型 {self.model.name} 加载失败（退出码 {process.returncode}）。",
                f"{_HINT}\n模型程序的最后输出：\n{_last_lines(log) or '（无）'}",
            )

    def _end(self) -> None:
        process, self._process = self._process, None
        atexit.unregister(self.stop)
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - for the type checker
        with suppress(OSError):
            process.stdin.close()  # the child leaves when its input ends
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def physical_cores() -> int:
    """How many cores this process may use; two threads of one core only get in each other's way here."""
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    usable = os.sched_getaffinity(0)
    try:
        cores = {
            Path(f"/sys/devices/system/cpu/cpu{n}/topology/thread_siblings_list").read_text() for n in usable
        }
    except OSError:
        return len(usable)
    return len(cores)


def _package_path() -> str:
    root = str(Path(__file__).resolve().parent.parent.parent)
    return os.pathsep.join(path for path in (root, os.environ.get("PYTHONPATH")) if path)


def _first_line(stream: IO[bytes], *, seconds: float) -> bytes | None:
    """The stream's first line; empty when it ends without one, None when there is none in time."""
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return None


def _last_lines(log: IO[bytes], count: int = 6) -> str:
    log.seek(0)
    return "\n".join(log.read().decode("utf-8", "replace").strip().splitlines()[-count:])


def main() -> None:
    """The child process: load the model, announce its address, serve until standard input ends."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.models.local_server", description="Serve a GGUF model on loopback."
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--context", type=int, default=4096, help="tokens of prompt and answer together")
    options = parser.parse_args()
    # Ctrl-C in a terminal reaches the child too; whether it stops is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native code may print: only the announcement goes to the parent, everything else to the log.
    announcement = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    api_key = sys.stdin.readline().strip()
    threading.Thread(target=_leave_when_input_ends, daemon=True).start()
    try:
        server = _serve(options.model, threads=options.threads, context=options.context, api_key=api_key)
    except RuntimeError as error:
        sys.exit(str(error))
    print(json.dumps({"base_url": f"{server.listening_address}/v1"}), file=announcement, flush=True)
    threading.Event().wait()


def _leave_when_input_ends() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)  # without unwinding the native server, which may be in the middle of an answer


def _serve(model: Path, *, threads: int, context: int, api_key: str) -> Any:
    import xllamacpp  # noqa: PLC0415 - only the child needs it

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.api_keys = [api_key]
    parameters.port = 0  # the system chooses one that is free
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.verbosity = 1  # errors only: no question is ever written to a log
    parameters.n_ctx = context
    parameters.fit_params = False
    # A slot for each kind of prompt (answer, reword, fits): what it begins with stays computed there, whatever
    # is asked meanwhile. They share one context, so that a long question may still have all of it; a store of old prompts
    # would be filled by worded answers, which push the beginnings out of it.
    parameters.n_parallel = 3
    parameters.kv_unified = True
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.cache_prompt = True
    parameters.cache_ram_mib = 0
    parameters.cache_idle_slots = False
    # The weights are rearranged for this processor while loading; mapping the file as well would hold
    # them in memory twice.
    parameters.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    return xllamacpp.Server(parameters)


if __name__ == "__main__":
    main()
