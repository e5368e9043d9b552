"""Ask every gold question, score the answers, keep each as it comes."""

from __future__ import annotations

import hashlib
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval import answer_figures, environment, metrics
from eval.gold import GOLD_FOLDER, GoldInvalid, Question, load, read_texts, require_evidence
from eval.storing import (
    RUNS_FOLDER,
    Journal,
    partial_path,
    read_unfinished,
    require_same,
    require_writable,
    run_path,
    write_run,
)
from eval.summary import summarise
from eval.systems import Opener, System, allows_parallel, described, open_system, settings_for
from qa.answer import Answer

RECALL_AT = 5

Record = dict[str, Any]
"""One question with its answer and scores, ready for JSON."""


@dataclass(frozen=True)
class Choice:
    """Which system is asked which questions. `kinds` None: all; `part` "dev", "test" or "all"."""

    system: str = "ours"
    gold: Path = GOLD_FOLDER
    kinds: tuple[str, ...] | None = None
    part: str = "all"
    limit: int | None = None

    def questions(self) -> list[Question]:
        """The chosen questions. Raises GoldInvalid when there are none."""
        chosen = [
            question
            for question in load(self.gold)
            if (not self.kinds or question.kind in self.kinds) and self.part in ("all", question.part)
        ][: self.limit]
        if not chosen:
            raise GoldInvalid("没有符合条件的题目。", "请放宽 --kind、--part 或 --limit。")
        return chosen


def run(
    choice: Choice, *, out: Path | None = None, jobs: int = 1, opener: Opener = open_system
) -> tuple[dict[str, Any], Path]:
    """Evaluate from the beginning; returns the run and the file that it is in. Raises expected errors only."""
    began = datetime.now().astimezone()
    path = out or RUNS_FOLDER / f"{began:%Y%m%dT%H%M%S}-{choice.system}.json"
    header = _header(choice) | {"date": began.isoformat(timespec="seconds")}
    return _run(choice, path, header, [], jobs=jobs, opener=opener), path


def resume(given: Path, *, jobs: int = 1, opener: Opener = open_system) -> tuple[dict[str, Any], Path]:
    """Go on with a run that was cut off, asking what has no scored answer yet.

    `given` is its .json or .partial.jsonl file. Raises RunUnusable where questions, settings, prompts or code
    are no longer those of its beginning.
    """
    stored, records = read_unfinished(given)
    choice = Choice(**stored["choice"] | {"gold": Path(stored["choice"]["gold"])})
    header = _header(choice)
    require_same(stored, header)
    path = run_path(given)
    return _run(choice, path, header | {"date": stored["date"]}, records, jobs=jobs, opener=opener), path


def evaluate(
    system: System,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    jobs: int = 1,
    answered: Sequence[Record] = (),
    keep: Callable[[Record], None] | None = None,
) -> list[Record]:
    """One record for each question, in their order: the question, the answer and its scores.

    Where the system raises, the record holds the error, and its answer and scores are None: it could not
    be scored, which is not zero. `answered` are records of before, `keep` gets each new one as it comes, in
    any order where several `jobs` ask at once.
    """
    records = {record["question"]["id"]: record for record in answered}
    remaining = [question for question in questions if question.id not in records]
    right = sum(record["scores"]["right"] for record in records.values())
    bar = tqdm(total=len(questions), initial=len(records), desc="评测", unit="题", file=sys.stderr)
    with bar:
        for record in _asked(system, remaining, texts, jobs):
            if keep is not None:
                keep(record)
            records[record["question"]["id"]] = record
            right += bool(record["scores"] and record["scores"]["right"])
            bar.set_postfix_str(f"正确 {right}", refresh=False)
            bar.update()
    return [records[question.id] for question in questions]


def score(question: Question, answer: Answer, texts: Mapping[str, str], *, seconds: float) -> dict[str, Any]:
    """Every metric of one answer; `seconds` is the wall time it took."""
    return {
        **asdict(metrics.judge(question, answer)),
        "evidence_recall": metrics.evidence_recall(question, answer.evidence, RECALL_AT, texts=texts),
        "ndcg": metrics.ndcg(question, answer.evidence, RECALL_AT, texts=texts),
        "reciprocal_rank": metrics.reciprocal_rank(question, answer.evidence, texts=texts),
        "citation_exactness": metrics.citation_exactness(answer, texts),
        "citation_precision": metrics.citation_precision(question, answer, texts),
        "citation_recall": metrics.citation_recall(question, answer, texts),
        "unsupported_figures": answer_figures.unsupported_figures(question, answer, texts),
        "wrong_owner_figures": answer_figures.wrong_owner_figures(question, answer, texts),
        "brevity": metrics.brevity(answer),
        "seconds": seconds,
    }


def _asked(
    system: System, questions: Sequence[Question], texts: Mapping[str, str], jobs: int
) -> Iterator[Record]:
    if jobs == 1:
        yield from (_record(system, question, texts) for question in questions)
        return
    stopped = threading.Event()

    def asked(question: Question) -> Record | None:
        return None if stopped.is_set() else _record(system, question, texts)

    with ThreadPoolExecutor(jobs) as pool:
        pending: list[Future[Record | None]] = [pool.submit(asked, question) for question in questions]
        try:
            for done in as_completed(pending):
                record = done.result()
                if record is not None:
                    yield record
        finally:
            stopped.set()  # Ctrl-C: what waits in the pool is not asked any more


def _record(system: System, question: Question, texts: Mapping[str, str]) -> Record:
    record: Record = {"question": asdict(question), "answer": None, "scores": None, "error": None}
    started = time.perf_counter()
    try:
        answer = system.ask(question.question, history=list(question.history))
    except Exception as error:
        record["error"] = {
            "message": f"{type(error).__name__}: {error}",
            "traceback": traceback.format_exc(),
        }
    else:
        seconds = time.perf_counter() - started
        record["answer"] = _answer_as_json(answer)
        record["scores"] = score(question, answer, texts, seconds=seconds)
    return record


def _run(
    choice: Choice,
    path: Path,
    header: dict[str, Any],
    answered: Sequence[Record],
    *,
    jobs: int,
    opener: Opener,
) -> dict[str, Any]:
    settings = settings_for(choice.system)
    questions = choice.questions()
    texts = read_texts(settings.library)
    require_evidence(questions, texts)
    require_writable(path)
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(partial_path(path), header, answered))
        started = time.perf_counter()
        system = opener(choice.system, settings)
        if hasattr(system, "close"):
            stack.callback(system.close)
        seconds_to_open = time.perf_counter() - started
        if jobs > 1 and not allows_parallel(system):
            print("这个系统的模型一次只答一题，--jobs 不起作用。", file=sys.stderr)
            jobs = 1
        records = evaluate(system, questions, texts, jobs=jobs, answered=answered, keep=journal.keep)
        finished = {
            **header,
            **described(system),
            "jobs": jobs,
            "seconds_to_open": seconds_to_open,
            "memory_mib": environment.memory_mib(),
            "summary": summarise(records),
            "records": records,
        }
    write_run(path, finished)
    return finished


def _header(choice: Choice) -> dict[str, Any]:
    return {
        "system": choice.system,
        "choice": asdict(choice) | {"gold": str(choice.gold.resolve())},
        "settings": environment.shareable(settings_for(choice.system)),
        "prompts": environment.prompt_hashes(),
        "versions": environment.versions(),
        "commit": environment.commit(),
        "gold_sha256": hashlib.sha256(repr(choice.questions()).encode()).hexdigest(),
    }


def _answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "status": answer.status,
        "answered_by": answer.answered_by,
        "question": answer.question,
        "warnings": list(answer.warnings),
        "timings": dict(answer.timings),
        "tokens": getattr(answer, "tokens", None),
        "citations": [asdict(citation) for citation in answer.citations],
        "evidence": [asdict(passage) for passage in answer.evidence],
    }
