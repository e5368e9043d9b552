"""Questions in a conversation that leave nothing out, though they are short or name no field of work."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.composing.continuing import OF_ALL
from qa.conversation.rewording import ASKS_ALREADY
from qa.conversation.turns_before import each_before
from qa.understanding.antecedents import Antecedent
from qa.understanding.content import HEARSAY
from qa.understanding.question import understand
from qa.understanding.words import attribute_words, generic_words
from vectorstore.documents import Document
from vectorstore.places import bare_name

# What a whole paper has, of no field of work; and one sentence that asks before another that asks.
_OF_A_PAPER = re.compile(
    r"(?:重点|主要)(?:工作|任务|目标|问题|成[绩效就])|工作(?:安排|思路|打算)|保障措施|基本原则|指导思想|总体(?:目标|要求)"
)
_SEVERAL = re.compile(r"(?:多少|几|什么|哪|吗)[^?。;]{0,20}[?。;][^?。;]{0,40}(?:多少|几|什么|哪|吗)")
# 嵊州床位新增多少,持证护理员呢: the second part is no question of its own.
_WITH_ANOTHER = re.compile("(?:多少|几|哪|什么|怎么|如何)[^,?]*,[^,?]{2,14}呢[?]?$")
_CONFIRMS_SO = re.compile("[吗吧么]|是不是|是否|对不对|有没有")
_COUNTED_NAME = re.compile(
    r"[“\"]?[二三四五六七八九十][\u4e00-\u9fff]{1,4}[”\"]?(?:分别|都|具体)?(?:是|指|包括|有)(?:的是)?(?:哪|什么|啥)"
)
# 项目总投资, of words that each need a subject.
_SAYS_WHAT = 5
_TASKS_OF = re.compile(
    "(?:承担|负责|参与)?了?(?:有|要做)?(?:哪些|什么|啥)(?:具体)?(?:工作|任务|事情?|活|安排)"
)


def stands_alone(said: str, documents: Mapping[str, Document]) -> bool:
    """Whether a question names its place and asks for a whole paper's work, for what that place has to do, or in several
    sentences. `said` is folded."""
    asked, tasks = understand(said, documents), _TASKS_OF.search(said)
    if tasks and any(said[: tasks.start()].endswith(name) for name in asked.named):
        return True
    # …已建成20个? states and asks nothing else.
    states = asked.confirms and bool(asked.content) and not _CONFIRMS_SO.search(said)
    if not (states or _OF_A_PAPER.search(said) or _SEVERAL.search(said) or _WITH_ANOTHER.search(said)):
        return False
    begins = HEARSAY.sub("", said)
    return any(begins.startswith(bare_name(region)) for region in asked.regions)


def names_count(said: str) -> bool:
    """Whether a question asks what a name that counts stands for (六仗是哪六仗): that is its subject. `said` is folded."""
    return _COUNTED_NAME.match(said) is not None


def asks_of_its_place_again(said: str, before: Antecedent, documents: Mapping[str, Document]) -> bool:
    """Whether a question names again a place that was spoken of, or all of it (全区), and something to ask of it: it leaves
    nothing else out."""
    asked = understand(said, documents)
    names = [*asked.regions, *asked.elsewhere] or [before.place] * bool(OF_ALL.match(said))
    content = [word for word in asked.content if len(word) > 1]
    empty = attribute_words() | generic_words()
    says = len("".join(content)) >= _SAYS_WHAT or any(word not in empty for word in content)
    is_known = len(names) == 1 and any(names[0] == earlier.place for earlier in each_before(before))
    return is_known and says and ASKS_ALREADY.search(said) is not None
