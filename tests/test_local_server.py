from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from doubles import wait_until, write_tiny_model

from qa.errors import ModelUnavailable
from qa.models.endpoint import ChatEndpoint
from qa.models.local_server import LocalServer, physical_cores
from qa.models.weights import find_weights
from qa.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
MODEL_FOLDER = os.environ.get("QA_MODEL_DIR")  # before the tests' own environment is made clean
QUESTION = [{"role": "user", "content": "目标是多少？"}]


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny.gguf")


@pytest.fixture
def server(tiny_model: Path) -> Iterator[LocalServer]:
    running = LocalServer(tiny_model, threads=1, context_tokens=512)
    yield running
    running.stop()


def endpoint(server: LocalServer, *, api_key: str | None = None) -> ChatEndpoint:
    key = server.api_key if api_key is None else api_key
    return ChatEndpoint(base_url=server.start(), model="tiny", api_key=key, timeout=30)


def answer(server: LocalServer, *, max_tokens: int = 3) -> str:
    return "".join(endpoint(server).stream(QUESTION, max_tokens=max_tokens))


def is_listening(base_url: str, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, urlsplit(base_url).port)) == 0


def test_a_model_answers_on_loopback_and_is_gone_after_stop(server: LocalServer) -> None:
    base_url = server.start()
    assert urlsplit(base_url).hostname == "127.0.0.1"
    assert not is_listening(base_url, host="127.0.0.2")
    assert answer(server) == "好好好"
    server.stop()
    assert server.process_id is None
    assert not is_listening(base_url)


def test_without_the_key_nobody_gets_an_answer(server: LocalServer) -> None:
    for key in ("", "guess"):
        with pytest.raises(ModelUnavailable, match="401"):
            list(endpoint(server, api_key=key).stream(QUESTION, max_tokens=3))


def test_threads_that_start_it_together_share_one_process(server: LocalServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        addresses = set(pool.map(lambda _: server.start(), range(4)))
    assert len(addresses) == 1


def test_answers_asked_for_together_all_arrive(server: LocalServer) -> None:
    server.start()
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda _: answer(server), range(3))) == ["好好好"] * 3


def test_after_a_crash_it_starts_again(server: LocalServer) -> None:
    server.start()
    crashed = server.process_id
    assert crashed is not None
    os.kill(crashed, signal.SIGKILL)
    assert server.has_died()
    assert answer(server) == "好好好"
    assert server.process_id not in (None, crashed)


def test_it_starts_from_any_folder(
    server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    assert answer(server) == "好好好"


def test_ctrl_c_is_left_to_the_parent(server: LocalServer) -> None:
    server.start()
    assert server.process_id is not None
    os.kill(server.process_id, signal.SIGINT)
    assert answer(server) == "好好好"
    assert not server.has_died()


def test_a_prompt_longer_than_the_context_is_refused(server: LocalServer) -> None:
    long = [{"role": "user", "content": "民" * 400}]  # three tokens each in this vocabulary
    with pytest.raises(ModelUnavailable, match=r"400.*context size"):
        list(endpoint(server).stream(long, max_tokens=3))
    assert answer(server) == "好好好"


@pytest.mark.parametrize("ending", ["kill", "exit"])
def test_the_child_ends_with_its_parent(tiny_model: Path, ending: str) -> None:
    script = (
        "from pathlib import Path; from qa.models.local_server import LocalServer\n"
        f"server = LocalServer(Path({str(tiny_model)!r}), threads=1, context_tokens=512)\n"
        "print(server.start(), flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT, text=True
    )
    assert parent.stdout is not None
    base_url = parent.stdout.readline().strip()
    assert is_listening(base_url)
    if ending == "kill":
        parent.kill()
    parent.communicate("\n" if ending == "exit" else None)
    assert wait_until(lambda: not is_listening(base_url))


def test_a_file_that_is_no_model_fails_with_the_engines_words(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00 and nothing more")
    broken = LocalServer(path)
    with pytest.raises(ModelUnavailable, match=r"broken\.gguf 加载失败") as caught:
        broken.start()
    assert "failed to load model" in caught.value.hint
    assert broken.process_id is None


def test_a_truncated_model_fails_to_load(tiny_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.gguf"
    path.write_bytes(tiny_model.read_bytes()[:-100])
    with pytest.raises(ModelUnavailable, match="加载失败"):
        LocalServer(path).start()


def test_a_model_that_takes_too_long_is_given_up(tiny_model: Path) -> None:
    slow = LocalServer(tiny_model, start_seconds=0)
    with pytest.raises(ModelUnavailable, match="没有加载完"):
        slow.start()
    assert slow.process_id is None


def test_stopping_what_never_ran_does_nothing(tiny_model: Path) -> None:
    never = LocalServer(tiny_model)
    never.stop()
    assert not never.has_died()


def test_there_is_at_least_one_core() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)


@pytest.mark.model
def test_the_real_model_streams_stops_when_told_and_leaves_nothing_behind() -> None:
    weights = find_weights(Settings(model_dir=MODEL_FOLDER))
    assert weights is not None, "run `qa model fetch` first"
    server = LocalServer(weights)
    try:
        chat = endpoint(server)
        evidence = "材料：到2025年，区级公益性安葬设施覆盖率达到100%。\n问题：2025年区级公益性安葬设施覆盖率的目标是多少？"
        pieces = list(chat.stream([{"role": "user", "content": evidence}], max_tokens=60))
        assert len(pieces) > 1
        assert "100%" in "".join(pieces)
        endless = chat.stream(
            [{"role": "user", "content": "从一数到一千，用汉字，每行一个。"}], max_tokens=2000
        )
        next(endless)
        endless.close()  # type: ignore[attr-defined]
        start = time.monotonic()
        assert list(chat.stream(QUESTION, max_tokens=2))
        assert time.monotonic() - start < 20  # the only slot was freed: the rest would have taken a minute
    finally:
        server.stop()
    assert server.process_id is None
    assert not is_listening(chat.endpoint)


def test_what_each_kind_of_prompt_begins_with_stays_computed_whatever_is_asked_between(
    tiny_model: Path,
) -> None:
    server = LocalServer(tiny_model, threads=1, context_tokens=2048)
    try:
        for kind in "甲乙丙":
            computed_before(server, kind * 30)
        # Worded answers in plenty, each with other evidence.
        for number in range(6):
            computed_before(server, "丙" * 30 + str(number) * 60)
        assert all(computed_before(server, f"{kind * 30}问") > 60 for kind in "甲乙")
    finally:
        server.stop()


def computed_before(server: LocalServer, prompt: str) -> int:
    """How many tokens of a prompt the server need not compute."""
    request = urllib.request.Request(
        f"{server.start()}/chat/completions",
        data=json.dumps({"messages": [{"role": "user", "content": prompt}], "max_tokens": 1}).encode(),
        headers={"Authorization": f"Bearer {server.api_key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return int(json.load(reply)["timings"]["cache_n"])
