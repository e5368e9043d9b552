from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import FakeOpenAI, write_tiny_model

from qa.errors import ModelUnavailable
from qa.models.choice import LocalModel, RemoteModel, choose_model
from qa.models.weights import WeightsSource
from qa.settings import Settings

QUESTION = [{"role": "user", "content": "目标是多少？"}]


@pytest.fixture
def source(tmp_path: Path) -> WeightsSource:
    """A source whose weights, a tiny model, lie in `tmp_path` as if fetched."""
    content = write_tiny_model(tmp_path / "fetched.gguf").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return WeightsSource("Tiny", "fetched.gguf", "none{number}", "0", 1, len(content), len(content), digest)


@pytest.fixture
def local(tmp_path: Path, source: WeightsSource) -> Iterator[LocalModel]:
    model = choose_model(Settings(llm="local", model_dir=tmp_path), source=source).model
    assert isinstance(model, LocalModel)
    yield model
    model.close()


def child_of(model: LocalModel) -> int | None:
    return model._server.process_id if model._server else None


def test_none_means_no_model_and_says_so() -> None:
    choice = choose_model(Settings(llm="none"))
    assert choice.model is None
    assert "QA_LLM=none" in choice.note


def test_auto_without_weights_answers_extractively_and_says_how_to_get_them(tmp_path: Path) -> None:
    choice = choose_model(Settings(model_dir=tmp_path))
    assert choice.model is None
    assert "原文摘录" in choice.note
    assert "qa model fetch" in choice.note
    assert "\n" not in choice.note


def test_local_without_weights_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="未找到本地模型权重"):
        choose_model(Settings(llm="local", model_dir=tmp_path))


@pytest.mark.parametrize("content", [None, b"<html>"])
def test_auto_with_an_unusable_file_of_ones_own_says_what_is_wrong(
    tmp_path: Path, content: bytes | None
) -> None:
    own = tmp_path / "own.gguf"
    if content is not None:
        own.write_bytes(content)
    choice = choose_model(Settings(local_model=own))
    assert choice.model is None
    assert str(own) in choice.note
    with pytest.raises(ModelUnavailable):
        choose_model(Settings(local_model=own, llm="local"))


def test_auto_refuses_altered_weights_and_says_so(tmp_path: Path, source: WeightsSource) -> None:
    (tmp_path / source.file).write_bytes(b"GGUF altered")
    choice = choose_model(Settings(model_dir=tmp_path), source=source)
    assert choice.model is None
    assert "校验值不符" in choice.note


def test_the_local_model_starts_with_the_first_question(local: LocalModel) -> None:
    assert local.where == "local"
    assert local.name == "Tiny"
    assert child_of(local) is None
    assert "".join(local.stream(QUESTION, max_tokens=3)) == "好好好"
    first = child_of(local)
    assert first is not None
    assert "".join(local.stream(QUESTION, max_tokens=2)) == "好好"
    assert child_of(local) == first


def test_warming_up_starts_it_and_closing_stops_it_and_it_can_be_used_again(local: LocalModel) -> None:
    local.warm_up([QUESTION])
    assert child_of(local) is not None
    local.close()
    assert child_of(local) is None
    assert "".join(local.stream(QUESTION, max_tokens=1)) == "好"


def test_a_model_that_dies_in_the_middle_says_so_and_starts_again(local: LocalModel) -> None:
    pieces = local.stream(QUESTION, max_tokens=4000)
    assert next(pieces) == "好"
    child = child_of(local)
    assert child is not None
    os.kill(child, signal.SIGKILL)
    with pytest.raises(ModelUnavailable, match="意外退出"):
        for _ in pieces:
            pass
    assert "".join(local.stream(QUESTION, max_tokens=2)) == "好好"


def test_weights_altered_after_the_choice_are_never_loaded(
    tmp_path: Path, local: LocalModel, source: WeightsSource
) -> None:
    local.warm_up()
    local.close()
    with (tmp_path / source.file).open("r+b") as weights:
        weights.seek(-4, os.SEEK_END)
        weights.write(b"\0\0\0\0")
    with pytest.raises(ModelUnavailable, match="不会加载"):
        local.warm_up()
    assert child_of(local) is None


def test_a_model_file_of_ones_own_is_used_without_a_digest(tmp_path: Path) -> None:
    own = write_tiny_model(tmp_path / "own-model.gguf", says="是")
    choice = choose_model(Settings(local_model=own))
    assert choice.model is not None
    assert choice.model.name == "own-model"
    assert "本机模型 own-model" in choice.note
    assert "".join(choice.model.stream(QUESTION, max_tokens=2)) == "是是"
    choice.model.close()


def test_a_named_endpoint_is_remote_and_the_note_says_where_the_text_goes() -> None:
    with FakeOpenAI() as service:
        settings = Settings(
            llm="openai", llm_base_url=service.base_url, llm_model="big", llm_api_key="sk-secret"
        )  # type: ignore[arg-type]
        choice = choose_model(settings)
        assert isinstance(choice.model, RemoteModel)
        assert (choice.model.name, choice.model.where) == ("big", "remote")
        assert service.base_url in choice.note
        assert "sk-secret" not in choice.note
        choice.model.warm_up()
        assert service.requests == []
        service.reply("达到100%。")
        assert "".join(choice.model.stream(QUESTION, max_tokens=5)) == "达到100%。"
        assert service.requests[0].headers["authorization"] == "Bearer sk-secret"
        assert service.requests[0].body["max_tokens"] == 5
        choice.model.close()
