"""Which model words the answers: the one on this machine, one behind an address, or none."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from prompts import load
from qa.errors import ModelUnavailable
from qa.models.integrity import verify_weights
from qa.models.weights import DEFAULT_WEIGHTS, WeightsSource, find_weights

if TYPE_CHECKING:
    from qa.models.endpoint import ChatEndpoint
    from qa.models.local_server import LocalServer
    from qa.settings import Settings

Message = dict[str, str]
# What the user's part of a prompt is filled with.
_FIELDS = {"evidence", "question"}


class ChatModel(Protocol):
    """A model that continues a conversation. `where` says whether text leaves this machine."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def where(self) -> Literal["local", "remote"]:
        """Where it runs: in this program's own child process, or behind an address that the user named."""

    def stream(self, messages: list[Message], *, max_tokens: int) -> Iterator[str]:
        """The answer in pieces. Raises ModelUnavailable, also in the middle. Closing the iterator ends it."""

    def leaning(self, messages: list[Message], *, towards: str, against: str) -> float:
        """How much rather it begins its answer with one word than with another, in nats. Raises ModelUnavailable."""

    def warm_up(self, beginnings: Sequence[list[Message]] = ()) -> None:
        """Make the first answer as fast as the others, and those of prompts that begin so. Raises ModelUnavailable."""

    def close(self) -> None:
        """Let go of what the model holds. It may be used again afterwards."""


@dataclass(frozen=True)
class ModelChoice:
    """The model, or None for extractive answers, and one line for people that says which and why."""

    model: ChatModel | None
    note: str


class LocalModel:
    """A GGUF file served by a child process of this one, which starts at the first question.

    `sha256`: what the file must be; None for a file that the user brought.
    """

    where: Literal["local", "remote"] = "local"

    def __init__(self, path: Path, *, name: str, sha256: str | None, timeout: float) -> None:
        """Prepare; nothing is read or started yet. `timeout` in seconds, see ChatEndpoint."""
        self.name = name
        self._path = path
        self._sha256 = sha256
        self._timeout = timeout
        self._lock = threading.Lock()
        self._server: LocalServer | None = None
        self._endpoint: ChatEndpoint | None = None
        # How many questions wait for the model just now.
        self._waiting, self._nobody_waits = 0, threading.Condition()

    def stream(self, messages: list[Message], *, max_tokens: int) -> Iterator[str]:
        """See ChatModel. A server that has died is started again."""
        with self._somebody_waiting():
            yield from self._said(messages, max_tokens=max_tokens)

    def _said(self, messages: list[Message], *, max_tokens: int) -> Iterator[str]:
        server, endpoint = self._started()
        with self._death_told(server):
            yield from endpoint.stream(messages, max_tokens=max_tokens)

    def leaning(self, messages: list[Message], *, towards: str, against: str) -> float:
        """See ChatModel. A server that has died is started again."""
        server, endpoint = self._started()
        with self._somebody_waiting(), self._death_told(server):
            return endpoint.leaning(messages, towards=towards, against=against)

    def warm_up(self, beginnings: Sequence[list[Message]] = ()) -> None:
        """Start the server and compute what prompts begin with, which it then keeps for the questions.

        A question that comes meanwhile goes first.
        """
        beginning = [
            {"role": "system", "content": load("answer_system", set()).substitute()},
            {"role": "user", "content": load("answer_user", _FIELDS).substitute(dict.fromkeys(_FIELDS, ""))},
        ]
        for messages in (beginning, *beginnings):
            with self._nobody_waits:
                self._nobody_waits.wait_for(lambda: not self._waiting)
            for _ in self._said(messages, max_tokens=1):
                pass

    def close(self) -> None:
        """Stop the server."""
        with self._lock:
            if self._server is not None:
                self._server.stop()

    @contextmanager
    def _somebody_waiting(self) -> Iterator[None]:
        with self._nobody_waits:
            self._waiting += 1
        try:
            yield
        finally:
            with self._nobody_waits:
                self._waiting -= 1
                self._nobody_waits.notify_all()

    @contextmanager
    def _death_told(self, server: LocalServer) -> Iterator[None]:
        try:
            yield
        except ModelUnavailable as error:
            if not server.has_died():
                raise
            raise ModelUnavailable(f"本地模型 {self.name} 意外退出。", "再问一次会重新启动它。") from error

    def _started(self) -> tuple[LocalServer, ChatEndpoint]:
        from qa.models.endpoint import ChatEndpoint  # noqa: PLC0415 - only when a model answers
        from qa.models.local_server import LocalServer  # noqa: PLC0415

        with self._lock:
            if self._server is None:
                self._server = LocalServer(self._path)
            if self._server.process_id is None:
                # Before every start: the file may have changed since the last one.
                if self._sha256 is not None:
                    verify_weights(self._path, expected_sha256=self._sha256)
                self._endpoint = None
            base_url = self._server.start()
            if self._endpoint is None or self._endpoint.endpoint != base_url:
                self._endpoint = ChatEndpoint(
                    base_url=base_url, model=self.name, api_key=self._server.api_key, timeout=self._timeout
                )
            return self._server, self._endpoint


class RemoteModel:
    """A model behind an OpenAI-compatible address that the user named."""

    where: Literal["local", "remote"] = "remote"

    def __init__(self, *, base_url: str, model: str, api_key: str, timeout: float) -> None:
        """Prepare; nothing is sent yet. Raises SettingsInvalid when the address is none."""
        from qa.models.endpoint import ChatEndpoint  # noqa: PLC0415 - only when a model answers

        self.name = model
        self._endpoint = ChatEndpoint(base_url=base_url, model=model, api_key=api_key, timeout=timeout)

    def stream(self, messages: list[Message], *, max_tokens: int) -> Iterator[str]:
        """See ChatModel."""
        return self._endpoint.stream(messages, max_tokens=max_tokens)

    def leaning(self, messages: list[Message], *, towards: str, against: str) -> float:
        """See ChatModel."""
        return self._endpoint.leaning(messages, towards=towards, against=against)

    def warm_up(self, beginnings: Sequence[list[Message]] = ()) -> None:
        """Nothing: a service is warm, and questions nobody asked cost money."""

    def close(self) -> None:
        """Nothing to let go of."""


def choose_model(settings: Settings, *, source: WeightsSource = DEFAULT_WEIGHTS) -> ModelChoice:
    """The model of `QA_LLM`; nothing is loaded, started or sent yet.

    `auto` takes the local model when its weights are there and sound and explains itself when they are
    not; `local` raises ModelUnavailable then. Checking weights that were never checked takes a second.
    """
    if settings.llm == "none":
        return ModelChoice(None, "已设 QA_LLM=none：不用模型，以原文摘录作答。")
    if settings.llm == "openai":
        model = RemoteModel(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key.get_secret_value(),
            timeout=settings.llm_timeout,
        )
        return ModelChoice(
            model, f"由 {model.name} 作答：问题和选出的依据会发送到 {settings.llm_base_url.rstrip('/')}。"
        )
    try:
        return _local(settings, source)
    except ModelUnavailable as error:
        if settings.llm == "local":
            raise
        return ModelChoice(None, f"{error.message}现以原文摘录作答。")


def _local(settings: Settings, source: WeightsSource) -> ModelChoice:
    path = find_weights(settings, source=source)
    if path is None:
        raise ModelUnavailable(
            "未找到本地模型权重（运行 qa model fetch 可下载）。",
            f"权重应在 {settings.weights_folder}；也可用 QA_LOCAL_MODEL 指定 GGUF 文件，或设 QA_LLM=none。",
        )
    fetched = settings.local_model is None
    name, digest = (source.model, source.sha256) if fetched else (path.stem, None)
    if digest is not None:
        verify_weights(path, expected_sha256=digest)
    model = LocalModel(path, name=name, sha256=digest, timeout=settings.llm_timeout)
    return ModelChoice(model, f"由本机模型 {name} 作答，问题和文件都不离开本机。")
