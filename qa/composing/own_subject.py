"""A question about the field of work that a whole paper is about (养老 of a plan for 养老): it asks of the whole paper."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.composing.overview_wording import asks_for_all_work
from qa.evidence.solving import Solver
from qa.understanding.question import Question, understand
from qa.understanding.work_fields import fields_in
from vectorstore.folding import folded


def of_whole_paper(asked: Question, solver: Solver) -> Question | None:
    """The question without its field, where the title of the one paper asked about names that field and no other.

    None for other questions, and where more is named (农村养老), of which a part of the paper tells.
    """
    if len(asked.documents) != 1:
        return None
    title = folded(solver.index.documents[asked.documents[0]].metadata.title or "")
    fields = fields_in(title)
    if len(fields) != 1:
        return None
    named = "|".join(re.escape(name) for name in fields[0])
    text = re.sub(rf"(?:{named})(?:服务|保障)?(?:体系|标准|制度)?(?:建设|工作|事业)?", "", folded(asked.text))
    rest = understand(text, solver.index.documents)
    bare = replace(asked, text=text, content=rest.content, asks=rest.asks if asked.asks == "list" else "text")
    return bare if text != folded(asked.text) and asks_for_all_work(bare) else None
