"""Settings are QA_* variables; whatever else lies in the environment has no say."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsInvalid
from qa.settings import Settings


def refused(monkeypatch: pytest.MonkeyPatch, **variables: str) -> SettingsInvalid:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as caught:
        Settings()
    assert caught.value.exit_code == 2
    assert caught.value.hint
    return caught.value


def test_without_any_variable_the_seeds_are_the_library_and_nothing_is_remote() -> None:
    settings = Settings()
    assert {path.suffix for path in settings.library.iterdir()} >= {".txt"}
    assert (settings.llm, settings.embedding, settings.host) == ("auto", "local", "127.0.0.1")
    assert settings.llm_base_url == settings.embedding_base_url == settings.chroma_url == ""


def test_variables_are_read_and_keywords_override_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_PORT", "8123")
    monkeypatch.setenv("QA_LLM", "none")
    monkeypatch.setenv("QA_LIBRARY", "/somewhere/plans")
    assert (Settings().port, Settings().llm, Settings().library) == (8123, "none", Path("/somewhere/plans"))
    assert Settings(port=9000).port == 9000


@pytest.mark.parametrize("name", ["QA_LLM_MODLE", "QA_", "QA_INDEX", "qa_foo"])
def test_an_unknown_variable_is_refused_by_name_with_the_known_ones(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    error = refused(monkeypatch, **{name: "x"})
    assert name in error.message
    assert "QA_LLM_MODEL" in error.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QA_LLM", "gpt"),
        ("QA_EMBEDDING", "none"),
        ("QA_PORT", "abc"),
        ("QA_PORT", "70000"),
        ("QA_PORT", "-1"),
        ("QA_LLM_TIMEOUT", "0"),
        ("QA_LLM_TIMEOUT", "nan"),
        ("QA_LLM_TIMEOUT", "inf"),
        ("QA_EVIDENCE_TOKENS", "5"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert name in refused(monkeypatch, **{name: value}).message


def test_a_refusal_is_worded_in_chinese_throughout(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refused(monkeypatch, QA_PORT="abc").message
    assert "Input should" not in message
    assert "parse" not in message


@pytest.mark.parametrize("name", ["QA_LIBRARY", "QA_INDEX_DIR", "QA_LLM", "QA_PORT", "QA_MODEL_DIR"])
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    # As compose files write it. An empty library would otherwise be the current folder.
    field = name.removeprefix("QA_").lower()
    usual = getattr(Settings(), field)
    monkeypatch.setenv(name, "")
    assert getattr(Settings(), field) == usual


@pytest.mark.parametrize("part", ["LLM", "EMBEDDING"])
@pytest.mark.parametrize("given", [{}, {"BASE_URL": "http://127.0.0.1:1/v1"}, {"MODEL": "some-model"}])
def test_an_endpoint_needs_an_address_and_a_model(
    monkeypatch: pytest.MonkeyPatch, part: str, given: dict[str, str]
) -> None:
    variables = {f"QA_{part}": "openai"} | {f"QA_{part}_{name}": value for name, value in given.items()}
    error = refused(monkeypatch, **variables)
    assert f"QA_{part}_BASE_URL" in error.hint
    assert f"QA_{part}_MODEL" in error.hint


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_API_KEY", "sk-very-secret")
    shown = [repr(Settings()), str(Settings()), str(Settings().model_dump())]
    monkeypatch.setenv("QA_EVIDENCE_TOKENS", "5")
    monkeypatch.setenv("QA_LLM", "openai")
    shown.append(str(refused(monkeypatch)))
    monkeypatch.delenv("QA_EVIDENCE_TOKENS")
    shown.append(str(refused(monkeypatch)))
    assert not any("sk-very-secret" in text for text in shown)


def test_keys_and_addresses_for_other_programs_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Settings().model_dump()
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LLM_API_KEY", "PORT", "LIBRARY"):
        monkeypatch.setenv(name, "sk-other")
    assert Settings().model_dump() == before


def test_settings_do_not_change_once_made() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1


def test_two_libraries_never_share_an_index(tmp_path: Path) -> None:
    seeds, one, other = Settings(), Settings(library=tmp_path / "a"), Settings(library=tmp_path / "b")
    assert len({settings.index_folder for settings in (seeds, one, other)}) == 3
    assert Settings(library=tmp_path / "a").index_folder == one.index_folder
    named = Settings(library=tmp_path / "a", index_dir=tmp_path / "index")
    assert named.index_folder == tmp_path / "index"


def test_an_index_is_not_kept_inside_its_library(tmp_path: Path) -> None:
    assert not Settings(library=tmp_path).index_folder.is_relative_to(tmp_path)
    assert not Settings().index_folder.is_relative_to(Settings().library)
