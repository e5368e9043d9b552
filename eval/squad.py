"""Public question sets through this project's own pipeline: `python -m eval.squad FILE`.

Each paragraph becomes a document of a temporary library, which is indexed as any library is. Measured are the
ranking of paragraphs, by the product's retriever (the dense and both lexical rankings, fused; nothing is told about
places, years or official terms, which these sets do not speak of), and the answers to a sample of the questions.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from eval.squad_data import SquadQuestion, SquadSet, position_of, read_squad, write_library
from eval.squad_scores import RankScores, SpanScores, rank_scores, span_scores
from eval.wording import plain
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import ExpectedError
from qa.evidence.retrieval import PlanRetriever
from qa.library.opening import open_updated
from qa.models.embedding import choose_embedder
from qa.settings import PROJECT, Settings
from vectorstore.index import PassageIndex

# Passages read for a question: so many that they come from ten paragraphs at least.
_PASSAGES = 120
_SEED = 2018


@dataclass(frozen=True)
class Measured:
    """What was measured; None for a part that was not asked for. Times in seconds."""

    ranking: RankScores | None
    answers: SpanScores | None
    seconds_to_index: float
    seconds_to_rank: float
    seconds_to_answer: float


def measure(
    squad: SquadSet,
    settings: Settings,
    *,
    questions: int | None = None,
    answers: int = 200,
    titles: bool = True,
) -> Measured:
    """Measure the first `questions` (None: all) for ranking, and a fixed random sample of `answers` for answers.

    `settings.library` is not used: the library is made of the paragraphs and thrown away. The index stays in
    `settings.index_folder`, so that vectors are computed once. Raises the expected errors of `qa.errors`.
    """
    with tempfile.TemporaryDirectory(prefix="squad-") as folder:
        write_library(squad, Path(folder), titles=titles)
        settings = settings.model_copy(update={"library": Path(folder), "index_dir": settings.index_folder})
        clock = _Stopwatch()
        index = open_updated(settings, choose_embedder(settings), progress=True)
        seconds_to_index = clock.lap()
        try:
            ranked = ranks_of(squad.questions[:questions], index)
        finally:
            index.close()
        ranking = rank_scores(ranked) if ranked else None
        seconds_to_rank = clock.lap()
        sample = random.Random(_SEED).sample(squad.questions, min(answers, len(squad.questions)))  # noqa: S311 - a sample, no secret
        spans = None
        if sample:
            with Assistant.open(settings) as assistant:
                clock.lap()
                spans = span_scores(answers_to(sample, assistant.ask))
        return Measured(ranking, spans, seconds_to_index, seconds_to_rank, clock.lap())


def ranks_of(questions: Sequence[SquadQuestion], index: PassageIndex) -> list[int]:
    """For each question the rank of its paragraph by its best passage, from 1; 0 where it was not found."""
    retriever = PlanRetriever(index, limit=_PASSAGES)
    ranks = []
    for question in tqdm(questions, desc="检索", unit="题", file=sys.stderr, leave=False):
        numbers = (number for number, _ in retriever.ranked(question.text))
        order = dict.fromkeys(position_of(index.passages[number].document) for number in numbers)
        found = list(order)
        ranks.append(found.index(question.paragraph) + 1 if question.paragraph in order else 0)
    return ranks


def answers_to(
    questions: Sequence[SquadQuestion], ask: Callable[[str], Answer]
) -> list[tuple[str, tuple[str, ...]]]:
    """(answer, accepted spans) of each question: the answer's text without its marks, "" for a refusal."""
    outcomes = []
    for question in tqdm(questions, desc="作答", unit="题", file=sys.stderr, leave=False):
        answer = ask(question.text)
        text = "" if answer.status == "not_found" else plain(answer.text).strip()
        outcomes.append((text, question.answers))
    return outcomes


def render(squad: SquadSet, measured: Measured) -> str:
    """The result in a few lines for people."""
    left_out = f"，另有 {squad.left_out} 题没有答案，未计入" if squad.left_out else ""
    lines = [f"{len(squad.paragraphs)} 段，{len(squad.questions)} 题{left_out}。"]
    lines.append(f"建立索引 {measured.seconds_to_index:.0f} 秒（算过的向量不再计算）。")
    if (ranking := measured.ranking) is not None:
        lines.append(
            f"检索（{ranking.count} 题，{measured.seconds_to_rank:.0f} 秒）："
            f"R@1 {ranking.recall_at_1:.4f}，R@5 {ranking.recall_at_5:.4f}，MRR@10 {ranking.reciprocal_rank:.4f}"
        )
    if (answers := measured.answers) is not None:
        lines.append(
            f"作答（抽取 {answers.count} 题，{measured.seconds_to_answer:.0f} 秒）："
            f"EM {answers.exact_match:.3f}，F1 {answers.f1:.3f}，含有标准答案 {answers.holds_span:.3f}，"
            f"拒答 {answers.refused} 题"
        )
    return "\n".join(lines)


class _Stopwatch:
    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """Seconds since the last lap."""
        last, self._last = self._last, time.perf_counter()
        return self._last - last


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.squad", description="用公开的阅读理解题集评测检索与作答。"
    )
    parser.add_argument("path", type=Path, help="SQuAD 格式的 JSON 文件（CMRC 2018、DRCD 等）")
    parser.add_argument("--questions", type=int, help="检索只评测前若干题（默认全部，0 为不评测）")
    parser.add_argument("--answers", type=int, default=200, help="作答抽取多少题（默认 200，0 为不评测）")
    parser.add_argument("--no-titles", action="store_true", help="不把题集给出的标题写进文件")
    parser.add_argument(
        "--llm", choices=("none", "auto", "local", "openai"), default="none", help="用哪个模型作答"
    )
    parser.add_argument("--index-dir", type=Path, help="索引与向量存放的文件夹（默认每个题集一个）")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. 0 also when the file is absent, which is said; else the expected error's exit code."""
    options = _parse(arguments)
    if not options.path.is_file():
        print(f"没有找到 {options.path}，跳过这一项评测。")
        return 0
    index_dir = options.index_dir or PROJECT / ".qa" / f"index-squad-{options.path.stem}"
    try:
        squad = read_squad(options.path)
        settings = Settings(llm=options.llm, index_dir=index_dir)
        measured = measure(
            squad,
            settings,
            questions=options.questions,
            answers=options.answers,
            titles=not options.no_titles,
        )
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(render(squad, measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
