from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from doubles import FakeOpenAI

from qa.errors import ModelUnavailable, SettingsInvalid
from qa.models.endpoint import ChatEndpoint, EmbeddingEndpoint

KEY = "sk-very-secret"
QUESTION = [{"role": "user", "content": "目标是多少？"}]


@pytest.fixture
def service() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as running:
        yield running


def chat(base_url: str, *, api_key: str = KEY, timeout: float = 10) -> ChatEndpoint:
    return ChatEndpoint(base_url=base_url, model="some-model", api_key=api_key, timeout=timeout)


def embedder(base_url: str, *, api_key: str = KEY, timeout: float = 10) -> EmbeddingEndpoint:
    return EmbeddingEndpoint(base_url=base_url, model="some-embedder", api_key=api_key, timeout=timeout)


def failure_of(endpoint: ChatEndpoint) -> tuple[str, ModelUnavailable]:
    """What came before the failure, and the failure."""
    said = ""
    with pytest.raises(ModelUnavailable) as caught:
        for piece in endpoint.stream(QUESTION, max_tokens=9):
            said += piece
    assert endpoint.endpoint in caught.value.message
    assert caught.value.hint
    assert KEY not in str(caught.value)
    return said, caught.value


def test_an_answer_arrives_in_pieces_none_of_them_empty(service: FakeOpenAI) -> None:
    text = "到2025年达到100%。\u2028🙂\n\n完"
    service.reply(text)
    pieces = list(chat(service.base_url).stream(QUESTION, max_tokens=9))
    assert "".join(pieces) == text
    assert len(pieces) == len(text)


def test_the_request_holds_what_was_asked_for(service: FakeOpenAI) -> None:
    service.reply("好")
    list(chat(service.base_url + "/").stream(QUESTION, max_tokens=9))
    (request,) = service.requests
    assert request.path == "/v1/chat/completions"
    assert request.body == {
        **{"model": "some-model", "messages": QUESTION, "stream": True, "max_tokens": 9, "temperature": 0},
    }


def test_requests_carry_the_given_key_and_nothing_from_the_environment(
    service: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("API_KEY", "ADMIN_KEY", "BASE_URL", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET")
    for name in names:
        monkeypatch.setenv(f"OPENAI_{name}", "http://127.0.0.1:9/leak")
    leaks = ("X-Spy", "Authorization", "Host", "Content-Type", "Accept", "User-Agent")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "\n".join(f"{name}: leak" for name in leaks))
    plain = {"host", "accept", "accept-encoding", "content-type", "content-length"}
    for api_key in (KEY, ""):
        service.reply("好")
        list(chat(service.base_url, api_key=api_key).stream(QUESTION, max_tokens=9))
        embedder(service.base_url, api_key=api_key).embed_queries(["问"])
        for request in service.requests[-2:]:
            assert set(request.headers) == plain | ({"authorization"} if api_key else set())
            assert request.headers.get("authorization") == (f"Bearer {KEY}" if api_key else None)
            assert "leak" not in "".join(request.headers.values())
    assert len(service.requests) == 4


def test_this_machine_is_reached_without_the_proxy(
    service: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    service.reply("好")
    assert list(chat(service.base_url).stream(QUESTION, max_tokens=9)) == ["好"]


def test_other_machines_are_reached_through_the_proxy(
    service: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", service.base_url.removesuffix("/v1"))
    monkeypatch.setenv("NO_PROXY", "")
    service.reply("好")
    assert list(chat("http://model.invalid/v1").stream(QUESTION, max_tokens=9)) == ["好"]
    assert service.requests[0].path == "http://model.invalid/v1/chat/completions"


def test_a_proxy_that_cannot_be_used_is_an_expected_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://proxy")
    with pytest.raises(ModelUnavailable, match="代理设置"):
        list(chat("http://model.invalid/v1").stream(QUESTION, max_tokens=9))


def test_closing_the_answer_ends_the_request(service: FakeOpenAI) -> None:
    service.chatter()
    answer = chat(service.base_url).stream(QUESTION, max_tokens=9)
    assert next(answer) == "说"
    answer.close()  # type: ignore[attr-defined]
    assert service.closed_early.wait(5)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 422, 429, 500, 503])
def test_a_refusal_names_the_endpoint_and_is_not_repeated(service: FakeOpenAI, status: int) -> None:
    service.fail(status, f"not with {KEY}")
    said, error = failure_of(chat(service.base_url))
    assert said == ""
    assert str(status) in error.message
    assert len(service.requests) == 1


def test_a_refused_key_says_so_without_repeating_the_answer(service: FakeOpenAI) -> None:
    service.fail(401, "Incorrect API key provided: sk-very-*****")
    _, error = failure_of(chat(service.base_url))
    assert "sk-very" not in error.message
    assert "密钥" in error.hint


def test_a_redirection_is_not_followed(service: FakeOpenAI) -> None:
    with FakeOpenAI() as elsewhere:
        service.fail(308, headers={"Location": f"{elsewhere.base_url}/chat/completions"})
        _, error = failure_of(chat(service.base_url))
        assert "转向" in error.message
        assert elsewhere.requests == []


def test_nobody_listening_is_an_expected_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening: connections are refused, and nobody else gets the port
        _, error = failure_of(chat(f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
    assert "连接不上" in error.message


@pytest.mark.parametrize(
    ("behave", "before", "what"),
    [
        (lambda service: service.hang(), "", "没有回应"),
        (lambda service: service.hang_midway("一半"), "一半", "没有回应"),
        (lambda service: service.keep_alive(), "", "没有回应"),
        (lambda service: service.garbage(), "", "无法理解"),
        (lambda service: service.web_page(), "", "格式不对"),
        (lambda service: service.break_midway("一半"), "一半", "不完整"),
        (lambda service: service.error_midway("一半", f"out of memory {KEY}"), "一半", "out of memory"),
        (lambda service: service.reply(""), "", "空的"),
    ],
    ids=["hang", "hang midway", "keep-alive only", "garbage", "web page", "break", "error event", "empty"],
)
def test_a_failure_keeps_what_was_said_before(
    service: FakeOpenAI, behave: Callable[[FakeOpenAI], None], before: str, what: str
) -> None:
    behave(service)
    said, error = failure_of(chat(service.base_url, timeout=0.4))
    assert said == before
    assert what in error.message


def test_a_slow_answer_that_keeps_coming_is_not_cut_off(service: FakeOpenAI) -> None:
    service.chatter()  # a piece every 0.04 s, keep-alive lines between
    answer = chat(service.base_url, timeout=0.3).stream(QUESTION, max_tokens=9)
    assert [next(answer) for _ in range(30)] == ["说"] * 30
    answer.close()  # type: ignore[attr-defined]


def test_a_model_that_knows_the_limit_by_its_newer_name_is_asked_again(service: FakeOpenAI) -> None:
    service.fail(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    service.reply("好")
    assert list(chat(service.base_url).stream(QUESTION, max_tokens=9)) == ["好"]
    again = service.requests[1].body
    assert again["max_completion_tokens"] == 9
    assert not {"max_tokens", "temperature"} & set(again)


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "localhost:8000/v1",
        "ftp://host/v1",
        "http:///v1",
        "http://host:99999/v1",
        "http://user:hidden@host/v1",
    ],
)
@pytest.mark.parametrize("kind", [chat, embedder])
def test_an_unusable_address_is_refused_before_anything_is_sent(
    kind: Callable[[str], Any], base_url: str
) -> None:
    with pytest.raises(SettingsInvalid, match="地址") as caught:
        kind(base_url)
    assert "hidden" not in str(caught.value)


def test_a_key_that_no_header_can_hold_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="密钥"):
        chat("http://host/v1", api_key="密钥")


def test_vectors_are_unit_rows_in_the_order_of_the_texts(service: FakeOpenAI) -> None:
    texts = [f"第{number}条" for number in range(25)]
    vectors = embedder(service.base_url).embed_passages(texts)
    assert vectors.shape == (25, 8)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert [len(request.body["input"]) for request in service.requests] == [10, 10, 5]
    alone = np.vstack([embedder(service.base_url).embed_queries([text]) for text in texts[8:12]])
    np.testing.assert_allclose(vectors[8:12], alone, rtol=1e-5)


def test_vectors_are_matched_by_index_not_by_position(service: FakeOpenAI) -> None:
    data = [{"index": 1, "embedding": [0, 3]}, {"index": 0, "embedding": [2, 0]}]
    service.reply_embeddings({"data": data})
    assert embedder(service.base_url).embed_queries(["一", "二"]).tolist() == [[1, 0], [0, 1]]


def test_no_texts_need_no_request(service: FakeOpenAI) -> None:
    vectors = embedder(service.base_url).embed_passages([])
    assert vectors.shape == (0, 0)
    assert vectors.dtype == np.float32
    assert service.requests == []


def test_the_embedders_name_is_its_model_and_host_without_the_key(service: FakeOpenAI) -> None:
    host = service.base_url.removeprefix("http://").removesuffix("/v1")
    assert embedder(service.base_url).name == f"openai:some-embedder@{host}"


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {},
        {"data": None},
        {"data": []},
        {"data": [{"index": 0, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [0.0]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [float("nan")]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": ["x"]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": None}]},
        {"data": [{"index": index, "embedding": [1.0]} for index in range(3)]},
    ],
)
def test_vectors_that_make_no_sense_are_refused(service: FakeOpenAI, body: Any) -> None:
    service.reply_embeddings(body)
    with pytest.raises(ModelUnavailable, match="无法理解"):
        embedder(service.base_url).embed_queries(["一", "二"])


def test_a_web_page_instead_of_vectors_is_refused(service: FakeOpenAI) -> None:
    service.web_page()
    with pytest.raises(ModelUnavailable, match="无法理解"):
        embedder(service.base_url).embed_queries(["一"])


def test_passages_outlive_a_hiccup_and_queries_do_not_wait(service: FakeOpenAI) -> None:
    for _ in range(2):
        service.fail(429, headers={"retry-after-ms": "1"})
    assert embedder(service.base_url).embed_passages(["一"]).shape == (1, 8)
    assert len(service.requests) == 3
    service.fail(429, headers={"retry-after-ms": "1"})
    with pytest.raises(ModelUnavailable, match="429"):
        embedder(service.base_url).embed_queries(["一"])
    assert len(service.requests) == 4


def test_an_embedder_that_hangs_is_given_up(service: FakeOpenAI) -> None:
    service.hang()
    with pytest.raises(ModelUnavailable, match="没有回应"):
        embedder(service.base_url, timeout=0.3).embed_queries(["一"])
