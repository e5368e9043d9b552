"""Models and embedders behind an OpenAI-compatible interface: the only file that imports `openai`.

Whatever goes wrong at the other end becomes ModelUnavailable, naming the endpoint and never the key.
The client library would also take keys, addresses and headers from OPENAI_* variables and follow
redirections; nothing of that happens here (see `_client`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.errors import ModelUnavailable, SettingsInvalid
from qa.models.transport import check_address, is_loopback, silence_limited

if TYPE_CHECKING:
    import httpx2
    import numpy as np
    import openai
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_CONNECT_SECONDS = 5.0
_TEXTS_PER_REQUEST = 10  # the least that a widespread service accepts
_FIXES = {
    401: "请检查接口密钥是否正确、有没有权限。",
    403: "请检查接口密钥是否正确、有没有权限。",
    404: "请检查接口地址（通常以 /v1 结尾）和模型名称。",
    429: "请求太频繁或额度已用完：请稍后再试，或检查账户额度。",
}


SAID = 3.0
"""What a word counts for, in nats, that a model says without telling how likely it was."""
# So many of the likeliest next words are asked for; no widespread service gives more.
_LIKELY, _A_WORD = 20, 8


class _Endpoint:
    """What both kinds share: an address that was checked, and a client that is built at first use."""

    def __init__(self, *, base_url: str, model: str, api_key: str, timeout: float) -> None:
        """Prepare; nothing is sent yet. `timeout` in seconds. Raises SettingsInvalid for what cannot work."""
        check_address(base_url)
        if not api_key.isascii():
            raise SettingsInvalid("接口密钥含有中文或全角字符。", "请重新复制密钥。")
        self.endpoint = base_url.rstrip("/")
        self._model = model
        self._api_key = api_key.strip()
        self._timeout = timeout

    @cached_property
    def _client(self) -> openai.OpenAI:
        return _client(self.endpoint, api_key=self._api_key, timeout=self._timeout)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn every failure of a request into ModelUnavailable, in words that say what to do."""
        import openai  # noqa: PLC0415 - slow to import

        later = "请稍后再试，并检查接口服务是否正常。"
        try:
            yield
        except openai.APITimeoutError as error:
            raise self._failure(f"超过 {self._timeout:g} 秒没有回应", later) from error
        except openai.APIConnectionError as error:
            raise self._failure("连接不上或中途断开", "请检查接口地址、网络和代理设置。") from error
        except openai.APIStatusError as error:
            status = error.status_code
            if status < 400:
                raise self._failure(f"转向了别的地址（{status}）", "请把接口地址改为最终的地址。") from error
            # Some services repeat the key when they refuse it.
            detail = "" if status in (401, 403) else f"：{self._without_key(error.message)}"
            raise self._failure(f"拒绝了请求（{status}）{detail}", _FIXES.get(status, later)) from error
        except openai.APIError as error:
            raise self._failure(f"报告了错误：{self._without_key(error.message)}", later) from error
        except (ValueError, TypeError, KeyError) as error:
            raise self._failure(
                "的回复无法理解", "请确认它是 OpenAI 兼容接口，地址和模型名称正确。"
            ) from error

    def _failure(self, what: str, hint: str) -> ModelUnavailable:
        return ModelUnavailable(f"模型接口 {self.endpoint} {what}。", hint)

    def _without_key(self, text: str) -> str:
        return (text.replace(self._api_key, "…") if self._api_key else text)[:200]


class ChatEndpoint(_Endpoint):
    """A chat model behind an address. `timeout`: seconds that the next piece of an answer may take."""

    def stream(
        self, messages: list[dict[str, str]], *, max_tokens: int, temperature: float = 0
    ) -> Iterator[str]:
        """The answer in pieces, none of them empty. Closing the iterator ends the request.

        Raises ModelUnavailable when the endpoint is away, refuses, is silent for longer than `timeout`,
        breaks off or says nothing; pieces yielded before stay what they were. Nothing is tried twice:
        somebody is waiting, and the extractive answer is ready.
        """
        said = finished = False
        with self._explained():
            started = self._started(messages, max_tokens=max_tokens, temperature=temperature)
            with closing(started) as chunks:
                for chunk in chunks:
                    text, last = _content(chunk)
                    finished = finished or last
                    if text:
                        said = True
                        yield text
        if not finished:
            # Without its closing mark an answer may lack its end, and with it the word that turns it round.
            raise self._failure("的回答不完整或格式不对", "请稍后再试，并确认它是 OpenAI 兼容接口。")
        if not said:
            raise self._failure("的回答是空的", "请换一个问法或换一个模型。")

    def leaning(self, messages: list[dict[str, str]], *, towards: str, against: str) -> float:
        """How much rather the model begins its answer with one word than with another, in nats (log of the odds).

        Endpoints that tell no probabilities give ±`SAID`, by the word that they say, or 0 for something else. Raises
        ModelUnavailable as `stream` does.
        """
        with self._explained():
            started = self._started(messages, max_tokens=_A_WORD, temperature=0, likely=_LIKELY)
            with closing(started) as chunks:
                for chunk in chunks:
                    text, _ = _content(chunk)
                    likely = _likely(chunk)
                    if likely:
                        least = min(likely.values())
                        return likely.get(towards, least) - likely.get(against, least)
                    if text.strip():
                        return SAID * (text.strip().startswith(towards) - text.strip().startswith(against))
        raise self._failure("的回答是空的", "请换一个问法或换一个模型。")

    def _started(
        self, messages: list[dict[str, str]], *, max_tokens: int, temperature: float, likely: int = 0
    ) -> Any:
        import openai  # noqa: PLC0415 - slow to import

        create: Any = self._client.chat.completions.create
        request = {"model": self._model, "messages": messages, "stream": True}
        odds = {"logprobs": True, "top_logprobs": likely} if likely else {}
        try:
            return create(**request, **odds, max_tokens=max_tokens, temperature=temperature)
        except openai.BadRequestError as error:
            if odds and "logprobs" in error.message:
                return self._started(messages, max_tokens=max_tokens, temperature=temperature)
            # OpenAI's reasoning models know the limit by another name and choose the temperature themselves.
            if "max_completion_tokens" not in error.message:
                raise
            return create(**request, max_completion_tokens=max_tokens)


class EmbeddingEndpoint(_Endpoint):
    """An embedder behind an address; `name` is its identity, for vectors of two embedders never mix."""

    def __init__(self, *, base_url: str, model: str, api_key: str, timeout: float) -> None:
        """Prepare; see `_Endpoint`."""
        super().__init__(base_url=base_url, model=model, api_key=api_key, timeout=timeout)
        self.name = f"openai:{model}@{urlsplit(base_url).netloc}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to be found: float32, shape (len(texts), dimension), rows of length 1.

        A request that fails for the moment is tried three times: a long indexing run outlives a hiccup.
        """
        return self._embed(texts, retries=2)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to search with: shape and unit as `embed_passages`. Tried once: somebody is waiting."""
        return self._embed(texts, retries=0)

    def _embed(self, texts: Sequence[str], *, retries: int) -> Vectors:
        import numpy as np  # noqa: PLC0415 - only for embedding

        rows: list[list[float]] = []
        with self._explained():
            for start in range(0, len(texts), _TEXTS_PER_REQUEST):
                rows += self._request(list(texts[start : start + _TEXTS_PER_REQUEST]), retries=retries)
            vectors = np.array(rows, dtype=np.float32).reshape(len(rows), -1 if rows else 0)
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            if not np.all(np.isfinite(lengths) & (lengths > 0)):
                raise ValueError("a vector has no direction")
        unit: Vectors = vectors / lengths
        return unit

    def _request(self, texts: list[str], *, retries: int) -> list[list[float]]:
        import httpx2  # noqa: PLC0415

        # The plain response instead of the library's objects: those are made without looking at what came.
        response = self._client.post(
            "/embeddings",
            cast_to=httpx2.Response,
            body={"model": self._model, "input": texts, "encoding_format": "float"},
            options={"max_retries": retries},
        )
        items = json.loads(response.content)["data"]
        by_index = {item["index"]: item["embedding"] for item in items}
        if len(items) != len(texts):
            raise ValueError("not one vector for each text")
        return [by_index[index] for index in range(len(texts))]


def _client(base_url: str, *, api_key: str, timeout: float) -> openai.OpenAI:
    """A client that sends what it was given here and nothing else, to this address and nowhere else.

    Proxies of the environment are used for other machines (offices often have no other way out), never
    for this one.
    """
    import httpx2  # noqa: PLC0415 - the client library's own transport, slow to import
    import openai  # noqa: PLC0415

    def keep_only_ours(request: httpx2.Request) -> None:
        # The library adds headers from OPENAI_CUSTOM_HEADERS, the organisation, and facts about this machine.
        headers = {
            "host": request.url.netloc.decode(),
            "accept": "application/json, text/event-stream",
            "accept-encoding": "identity",
            "content-type": "application/json",
            "content-length": str(len(request.content)),
        }
        request.headers = httpx2.Headers(
            headers | ({"authorization": f"Bearer {api_key}"} if api_key else {})
        )

    def limit_silence(response: httpx2.Response) -> None:
        response.stream = silence_limited(response.stream, seconds=timeout)

    try:
        transport = openai.DefaultHttpxClient(
            trust_env=not is_loopback(base_url),
            follow_redirects=False,
            event_hooks={"request": [keep_only_ours], "response": [limit_silence]},
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise ModelUnavailable(
            f"环境里的代理设置无法使用（{error}）。", "请改正 HTTP_PROXY、HTTPS_PROXY、ALL_PROXY 等环境变量。"
        ) from error
    return openai.OpenAI(
        base_url=base_url,
        api_key=api_key or "none",  # the library insists on one; only the header above is sent
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        timeout=openai.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
        max_retries=0,
        http_client=transport,
    )


def _content(chunk: Any) -> tuple[str, bool]:
    """The text of one chunk and whether it is the last. Chunks without text (usage, role) are ordinary."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list) or not choices:
        return "", False
    text = getattr(getattr(choices[0], "delta", None), "content", None)
    if text is not None and not isinstance(text, str):
        raise ValueError("the text of the answer is not a text")
    return text or "", getattr(choices[0], "finish_reason", None) is not None


def _likely(chunk: Any) -> dict[str, float]:
    """The log-probabilities of the words that may stand where a chunk's first one does; {} where none are told."""
    choices = getattr(chunk, "choices", None) or [None]
    told = getattr(getattr(choices[0], "logprobs", None), "content", None) or []
    return {word.token: float(word.logprob) for word in told[0].top_logprobs} if told else {}
