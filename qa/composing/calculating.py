"""Several calculations in one question, each put as a question of its own: 2024年比2023年多多少,农村呢."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic import wording
from qa.arithmetic.comparing import compared
from qa.arithmetic.composer import calculated
from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.reading import tasks_of
from qa.arithmetic.task import Task
from qa.composing.pieces import pieces_of
from qa.evidence.claims import CALCULATION, Claim, Source, widest
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved, Solver, together
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in

_MOST = 3
# 总共多少: of the two that were held against each other.
_ALTOGETHER = re.compile(
    r"(?:[两二](?:者|项|样|个|类|边)|它们)?(?:一共|总共|合计|加起来|加一起|合起来|拢共|共|总数|合在一起)(?:又?是|有|查出)?(?:多少|几)[\u4e00-\u9fff]{0,3}"
)
# 离60%还差几个点, 到2025年还要提高几个: of the very thing that was asked about before.
_TO_AIM = re.compile(r"^(?:现在|目前)?(?:距离?|离|比|跟|和|与|到|按)[^,]{2,20}(?:多少|几|多大|多远)")
_HELD_AGAINST = re.compile(
    rf"(?:{YEAR}年?)?(?:每个?月|每年)?(?:比(?:{YEAR}年?|上一?年|去年)?|又?(?:涨|提高|增加|上调)了?)[^,]*(?:多少|几)"
)
_NAMES_AIM = re.compile(r"\d[\d.]*[万亿]?[元张个家户人名所处对][^,]*(?:多少|几)")
_OF_TWO = ("sum", "difference", "multiple")
_ONLY_COUNTS = re.compile(r"(?:又|共|合计|一共)*(?:多少|几)(?:人次|[人户名家个张处所次对])")
_OF_THE_FORMER = re.compile("前者?(?P<how>是|占|比)(?:了)?后者?(?=的|多|少|高|低|几|百)")
_APART = re.compile("(?:每个?[月年]|一年)?(?:相差|差)(?:了)?(?:多少|几)[\u4e00-\u9fff]{0,3}")
_IS_SHARE = re.compile(
    "(?:其中)?(?P<part>[\u4e00-\u9fff]{2,12}?)(?:占|所占)(?:了|到)?(?:多少|几成|百分之几|多大比[例重]|比[例重](?:是)?多少)"
)
_OTHER_MEASURE = re.compile(
    "(?P<what>资金|经费|金额|投资|人数|户数|数量|面积|床位|标准)(?P<how>(?:又|要|则|也)?(?:多|少|高|低|增加|减少|相差|差)(?:了|出)?(?:多少|几)[\u4e00-\u9fff]{0,3})"
)
_PER_YEAR = re.compile("平均(?:下来)?(?:到)?(?:每一?年|一年)|年均")
_MEASURES = r"资金|经费|金额|投资|人数|户数|个数|项目数|数量|面积|床位|标准"
_EACH_MEASURE = re.compile(
    rf"(?P<of>[^,]{{4,40}}?)的?,?(?P<one>{_MEASURES})(?:和|与|跟|、)(?P<two>{_MEASURES})(?:各自?|分别)"
    r"(?P<ask>(?:要|将)?(?:相差|差|多|少|增加|减少)了?(?:多少|几)[\u4e00-\u9fff]{0,2})"
)
_MONEY = ("资金", "经费", "金额", "投资")
_BEHIND, _BEFORE = "后", "前"
_TIME = re.compile(
    rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间)?|{YEAR}\s*年?(?:[末底])?|现有|目前|现在"
)
_EACH_SHARE = re.compile(r"(?:各自?|分别)(?=占)")
_EACH_THAN = re.compile(r"(?:各自?|分别)(?:要|将)?(?=比20\d\d年)")
_WHEN = re.compile(rf"(?P<parts>.+?)(?P<when>(?:{YEAR}年)?)")
_INSIDE = re.compile(r"^(?P<whole>.+?)(?:当中|之中|里面|里头?|(?<!集)中)(?:的|,)?(?P<parts>.+)$")
_OUTSIDE = re.compile(r"^(?P<parts>.+?)在(?P<whole>.+?)(?:当中|之中|里面|里头?|中)$")


def calculated_apart(asked: Question, solver: Solver) -> Solved | None:
    """The calculations that a question asks for one after the other; None where it asks for one, or a part leads to none."""
    if asked.confirms or asked.is_english or asked.is_side or len(asked.regions) > 1:
        return None
    texts = _texts(folded(asked.text), asked, solver)
    if not 2 <= len(texts) <= _MOST:
        return None
    solutions = []
    for text in texts:
        part = understand(text, solver.index.documents)
        names = tuple(name for name in part.documents or asked.documents if name in asked.documents)
        found = calculated(replace(part, documents=names or asked.documents), solver)
        if found is None or found.draft.missing or not _results(found):
            return None
        solutions.append(found)
    results = list(dict.fromkeys(claim for found in solutions for claim in _results(found)))
    if len(results) < len(solutions):
        return None
    operands = widest([c for found in solutions for c in found.draft.claims if c not in results])
    draft = Draft((*operands, *(_cited(claim, operands) for claim in results)), is_settled=True)
    return together(asked, solutions, draft)


def _results(solved: Solved) -> list[Claim]:
    return [claim for claim in solved.draft.claims if claim.text.startswith(CALCULATION)]


def _cited(result: Claim, operands: Sequence[Claim]) -> Claim:
    """The result, cited by the quotations that are shown rather than by parts of them."""
    shown = [source for claim in operands for source in claim.sources]

    def around(source: Source) -> Source:
        holding = (
            s
            for s in shown
            if s.passage == source.passage and s.start <= source.start and source.end <= s.end
        )
        return next(holding, source)

    return replace(result, sources=tuple(dict.fromkeys(around(source) for source in result.sources)))


def _texts(text: str, asked: Question, solver: Solver) -> list[str]:
    """Each calculation as a question that stands alone; () where one of them cannot be made whole."""
    whole = wording.cleaned(text)
    each = _of_each_share(whole) or _of_each_change(whole) or _of_each_measure(whole)
    if each:
        return each
    pieces = pieces_of(text)
    if not 2 <= len(pieces) <= _MOST or not tasks_of(replace(asked, text=pieces[0])):
        return []
    texts = [pieces[0]]
    for piece in pieces[1:]:
        whole = _completed(piece, texts[0], asked, solver)
        if not whole:
            return []
        texts.append(whole)
    return texts


def _of_each_share(text: str) -> list[str]:
    """民非和社团在社会组织里各占多大比例 as a question about each part."""
    mark = _EACH_SHARE.search(text)
    if mark is None or re.search(wording.ASK, text[: mark.start()]):
        return []
    left = text[: mark.start()].rstrip(",的")
    found = _OUTSIDE.match(left) or _INSIDE.match(left)
    parts = wording.joined_parts(found["parts"]) if found else []
    return (
        [f"{part}在{found['whole']}里{text[mark.end() :]}" for part in parts]
        if found and len(parts) > 1
        else []
    )


def _of_each_measure(text: str) -> list[str]:
    """移民项目,个数和资金各差多少 as a question about each measure."""
    match = _EACH_MEASURE.fullmatch(text)
    if match is None:
        return []
    money = "" if match["ask"][-1] not in "少几" else "元"
    return [
        f"{match['of']}{what}{match['ask']}{money if what in _MONEY else ''}"
        for what in (match["one"], match["two"])
    ]


def _of_each_change(text: str) -> list[str]:
    """城市低保和农村低保2024年各比2023年涨多少 as a question about each."""
    mark = _EACH_THAN.search(text)
    left = _WHEN.fullmatch(text[: mark.start()]) if mark else None
    parts = wording.joined_parts(left["parts"]) if left else []
    return (
        [f"{part}{left['when']}{text[mark.end() :]}" for part in parts]
        if mark and left and len(parts) > 1
        else []
    )


def _completed(piece: str, first: str, asked: Question, solver: Solver) -> str:
    """A later part with what it leaves out taken from the first; "" where that is not known."""
    if piece.endswith("呢"):
        return _put_in_place(piece.rstrip("呢"), first)
    if _ONLY_COUNTS.fullmatch(piece):
        # 合计多少户,多少人: the same in another unit.
        return re.sub(rf"{wording.ASK}[\u4e00-\u9fff]{{0,2}}$", piece, wording.cleaned(first))
    task = tasks_of(replace(asked, text=first))[0]
    if _PER_YEAR.match(piece):
        # …比十二五多多少,平均一年要卖多少: of what was named first.
        return f"{task.phrases[0]}{piece}" if task.phrases else ""
    if task.operation in _OF_TWO and len(task.phrases) > 1:
        of_two = _of_the_two(piece, first, task)
        if of_two:
            return of_two
    if task.operation == "payment" and _HELD_AGAINST.match(piece):
        # …折合一年多少,2024年比2023年每月多多少: of the very thing that is paid.
        return f"{_TIME.sub('', task.phrases[0]).strip(',的')}{piece}"
    return _to_aim(piece, first, task, asked, solver) if _TO_AIM.match(piece) else ""


def _of_the_two(piece: str, first: str, task: Task) -> str:
    """A part about the two that the first part joined or held against each other; "" for any other."""
    one, other = task.phrases[:2]
    former = _OF_THE_FORMER.match(piece)
    if former:
        return f"{one}{former['how']}{other}{piece[former.end() :]}"
    if _APART.fullmatch(piece):
        return f"{one}和{other}{piece}"
    measure = _OTHER_MEASURE.fullmatch(piece)
    if measure and task.operation == "difference":
        # 项目比去年少几个,资金少多少: the same two, by another measure.
        money = "元" if measure["what"] in _MONEY and measure["how"][-1] in "少几" else ""
        return f"{one}{measure['what']}比{other}{measure['what']}{measure['how']}{money}"
    part = _IS_SHARE.fullmatch(piece)
    if part and task.operation == "sum":
        return f"{part['part']}占{one}和{other}总数的比例是多少"
    pair = compared(wording.cleaned(first), len(first)) if _ALTOGETHER.fullmatch(piece) else None
    unit = re.search(rf"{wording.ASK}([\u4e00-\u9fff])$", first)
    return f"{pair[0]}和{pair[1]}合计多少{unit[1] if unit else ''}" if pair else ""


def _to_aim(piece: str, first: str, task: Task, asked: Question, solver: Solver) -> str:
    """How far it is from there to somewhere else, of the very thing of the first part; "" where that is of several."""
    documents = solver.index.documents
    if _NAMES_AIM.search(piece) and len(task.phrases) == 1:
        # …折合一年多少,离2022年年标准1.2万元还差多少: each has its own time.
        return f"{task.phrases[0]}{piece}"
    points = "百分点" if re.search("点$|%$", first) and piece.endswith("几个") else ""
    place = "" if understand(piece, documents).regions else "、".join(asked.regions)
    if task.operation == "share" and len(task.phrases) > 1:
        part, whole = (understand(phrase, documents).content for phrase in task.phrases[:2])
        return f"{place}{_named(part, whole)}占比{piece}{points}"
    return f"{_TIME.sub('', task.phrases[0]).strip(',的')}{piece}{points}" if len(task.phrases) == 1 else ""


def _named(part: Sequence[str], whole: Sequence[str]) -> str:
    """护理型 of 养老床位 → 护理型养老床位; 护理型床位 as it is."""
    kind, noun = "".join(part), _TIME.sub("", "".join(whole))
    return kind if noun[-2:] in kind else kind + noun


def _put_in_place(other: str, first: str) -> str:
    """The first part about another kind or year: 城市低保…多多少 and 农村 → 农村低保…多多少; "" for anything else."""
    for pair in CONTRASTS:
        for one, counterpart in (pair, pair[::-1]):
            if other.startswith(one) and first.count(counterpart) == 1 and one not in first:
                return first.replace(counterpart, other if other == one else one)
    if other.endswith(_BEFORE) and first.count(other[:-1] + _BEHIND) == 1:
        return first.replace(other[:-1] + _BEHIND, other)
    years = list(re.finditer(rf"{YEAR}年?", first))
    if len(years) == 1 and len(years_in(other)) == 1:
        return first[: years[0].start()] + other + first[years[0].end() :]
    return ""
