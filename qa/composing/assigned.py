"""Tasks and whose they are: who answers for one, by when it is due, and which of them are somebody's.

For lists of tasks in running text (see `vectorstore.tasks`); those of a table are read by `qa.tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.relevance import IN_CONTEXT, coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.evidence.suitability import has_date
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question, understand
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans
from vectorstore.tasks import Field, Role, Task, tasks_of

_UNIT = "(?:单位|部门|机构|科室|处室|股室|科|股|局|领导)"
_DO = "(?:牵头|负责|承担|承办|主办|主管|分管|管理|管|抓|落实|实施|办理|办|做|干|配合|协助|协办|参与)"
_WHO = re.compile(
    rf"(?:具体|主要|应该?|该)?(?:是|由|归|让|找)?(?:哪一?[个些家]|哪几[个家]|什么|啥|谁){_UNIT}?(?:来|去|在|是|具体|主要)*{_DO}(?:的|推进)?|"
    rf"(?:的)?(?:责任|牵头|负责|承办|主办|配合|协办|协同|参与){_UNIT}(?:都|分别)?(?:是|有|为)?(?:哪一?[个些家]|哪几[个家]|谁|什么)?{_UNIT}?|"
    rf"(?:是|归|由)(?:谁|哪一?[个些家]{_UNIT}?)(?:的(?:任务|事|工作|职责))?"
)
_WHEN = re.compile(
    r"(?:要|应|应该|需要?|必须|计划|预计|得)*(?:在|于|到)?(?:什么时[候间]|啥时[候间]?|何时|哪[一个]?月|几月(?:份|底)?)(?:之?前|以前)?(?:要|能|应|得)?(?:完成|做完|办完|弄完|干完|结束|完工)?|"
    r"(?:的)?(?:完成|办结|任务)?(?:时限|期限|截止时间|截止日期|完成时间)(?:是|为|到)?(?:什么时候|哪天|何时)?"
)
_HELPS = re.compile("配合|协助|协办|协同|参与")
_LEADS = re.compile("牵头|领头")
_TASKS = re.compile(
    r"(?:哪些|什么|啥|哪几[项个件]|几[项个件]|多少[项个件])|(?:任务|工作|事项|项目|职责)(?:有|是|清单|$)"
)
_COUNTS = re.compile("(?:几|多少)[项个件](?!月)")
_SPLIT = re.compile("[、,;和及与 ]+")
_ALL_OF_A_KIND = re.compile("^(?:各|有关|相关|全县|全市|全区)")
# What says so much of a question is the task that it means, and this much more than the next one does.
_ABOUT_IT, _CLEARLY = 0.6, 0.05
_SHORT, _READABLE = 2, 64
_MOST = 20


@dataclass(frozen=True)
class _Held:
    """A task with the passage it stands in and what its document says there."""

    task: Task
    passage: Passage
    text: str

    def units(self, role: Role) -> list[str]:
        """Those named for a role, in their order."""
        fields = [folded(self.text[f.start : f.end]) for f in self.task.fields if f.role == role]
        return [unit for field in fields for unit in _SPLIT.split(field) if len(unit) >= _SHORT]

    def words(self) -> str:
        """What is to be done, in the form in which texts are compared."""
        return plain(self.text[self.task.start : self.task.end])

    def short(self) -> tuple[str, Source]:
        """What is to be done, as many clauses as are read at a glance, without the number of its item."""
        start, end = self.task.start, self.task.end
        stop = end
        for _, clause_end in clause_spans(self.text, start, end):
            if clause_end - start > _READABLE:
                break
            stop = clause_end
        shown = self.text[start:stop].rstrip(JOINING + ENDING)
        return re.sub(r"^\s*(?:\d{1,2}\s*[.、．]|[(（][^()（）]{1,3}[)）])\s*", "", shown), Source(
            self.passage, start, start + len(shown)
        )

    def field(self, found: Field) -> tuple[str, Source]:
        """A label with its value."""
        return self.text[found.label : found.end], Source(self.passage, found.label, found.end)


def assigned(asked: Question, solver: Solver) -> Solved | None:
    """Whose a task is, by when it is due, or which tasks somebody has; None for other questions, or without such a list."""
    if asked.is_english or asked.confirms or asked.elsewhere:
        return None
    said = folded(asked.said or asked.text)
    who, when = _WHO.search(said), _WHEN.search(said) if asked.asks == "date" else None
    asks_tasks = _TASKS.search(said) is not None and re.search(_DO, said) is not None
    if not (who or when or asks_tasks):
        return None
    held = list(_held(asked, solver))
    claims = _of_unit(said, held) if asks_tasks else ()
    if not claims and (who or when):
        roles: tuple[Role, ...] = ("due",) if when else ("helper",) if _HELPS.search(said) else ("doer",)
        claims = _of_task(asked, (who or when), roles, held, solver)
    return Solved(asked, (), Draft(claims, is_settled=True), ()) if claims else None


def _held(asked: Question, solver: Solver) -> Iterator[_Held]:
    """The tasks of the documents asked about, as far as they stand on the ground that is searched."""
    for name in asked.documents or solver.index.documents:
        text = solver.index.documents[name].text
        tasks = tasks_of(folded(text))
        passages = list(solver.index.of_document(name)) if tasks else []
        for task in tasks:
            last = task.fields[-1].end if task.fields else task.end
            passage = next((p for p in passages if p.start < last and task.start < p.end), None)
            if passage is not None and task.fields and passage.kind == "text":
                yield _Held(task, passage, text)


def _of_unit(said: str, held: list[_Held]) -> tuple[Claim, ...]:
    """The tasks of the one who is named, in the document's order."""
    role: Role = "helper" if _HELPS.search(said) else "doer"
    known = {unit for task in held for unit in task.units(role) if not _ALL_OF_A_KIND.match(unit)}
    named = max((unit for unit in known if _bare(unit) in said), key=len, default="")
    if not named:
        return ()
    # Of several who are responsible the first leads.
    leads = _LEADS.search(said) is not None
    own = [task for task in held if named in (task.units(role)[:1] if leads else task.units(role))]
    if not own or len(own) > _MOST:
        return ()
    does = "配合" if role == "helper" else "牵头" if leads else "负责"
    count = f"共{len(own)}项" if _COUNTS.search(said) else "有"
    owner = owner_of(own[0].passage)
    lead = f"{owner}：{named}{does}的任务{count}：" if owner else f"{named}{does}的任务{count}："
    claims = [Claim(lead)]
    for task in own:
        shown, source = task.short()
        fields = [task.field(field)[1] for field in task.task.fields if field.role == role]
        claims.append(Claim(f"- {shown}", (source, *fields)))
    return tuple(claims)


def _bare(unit: str) -> str:
    """A unit as people of the place call it (县残联 → 残联)."""
    return re.sub(r"^[省市县区州旗](?=[\u4e00-\u9fff]{2})", "", unit)


def _of_task(
    asked: Question, asking: re.Match[str] | None, roles: tuple[Role, ...], held: list[_Held], solver: Solver
) -> tuple[Claim, ...]:
    """What the labels of the task that is meant say."""
    found = _meant(asked, asking, held, solver)
    if found is None or ("due" in roles and has_date(found.text[found.task.start : found.task.end])):
        return ()
    fields = [found.field(field) for field in found.task.fields if field.role in roles]
    if not fields:
        return ()
    shown, source = found.short()
    owner = owner_of(found.passage)
    told = f"{shown}。{'；'.join(text for text, _ in fields)}。"
    return (Claim(f"{owner}：{told}" if owner else told, (source, *(s for _, s in fields))),)


def _meant(asked: Question, asking: re.Match[str] | None, held: list[_Held], solver: Solver) -> _Held | None:
    """The task that a question means: the one quoted before, or the one that clearly says most of it."""
    rest = folded(asked.said or asked.text).replace(asking[0] if asking else "", " ")
    own = understand(rest, solver.index.documents) if rest.strip(" ?的呢") else None
    if asked.near and (own is None or not own.content):
        quoted = [
            task
            for task in held
            for name, start, end in asked.near
            if task.passage.document == name and task.task.start < end and start < task.task.fields[-1].end
        ]
        return quoted[0] if quoted else None
    terms = solver.vocabulary.terms_of(own) if own else []
    if not terms:
        return None
    scored = sorted(
        (
            (
                coverage(terms, task.words(), [(plain(" ".join(task.passage.section)), IN_CONTEXT)]),
                -number,
            )
            for number, task in enumerate(held)
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _ABOUT_IT:
        return None
    is_clear = len(scored) == 1 or scored[0][0] - scored[1][0] >= _CLEARLY
    return held[-scored[0][1]] if is_clear else None
