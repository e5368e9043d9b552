"""Rules in articles: what 第九条 says, and which article says something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question, understand
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value

_NUMBER = r"[一二三四五六七八九十百零〇]{1,5}|\d{1,3}"
_ARTICLE = re.compile(rf"^第\s*({_NUMBER})\s*条")
_NAMED = re.compile(
    rf"第\s*(?P<article>{_NUMBER})\s*条(?!例)(?:的?第\s*(?P<paragraph>{_NUMBER})\s*款)?"
    r"(?:里面?|中|上)?(?:是?(?:怎么|如何)?(?:说|规定|写|讲|指)(?:的|了)?)?"
)
_WHICH = re.compile(
    r"[,、;。]?\s*(?:请问)?(?:这|它)?(?:具体|分别|都)?(?:是|在|属于|出自|写在|依据|根据|见|看)?(?:办法|细则|条例|规定|文件|制度)?的?(?:里面?|中)?"
    r"(?:第几|哪一?|哪几)(?:条(?!例|件|款项?目)|章|个?条款|款)(?:里面?|中)?(?:是?(?:规定|写|说|讲|明确|要求)(?:的|了|过)?)?(?:的|呢|啊)?"
)
_OF_ITSELF = re.compile(
    r"(?:办法|细则|条例|规定|制度|文件)(?:里面?|中|的)?|(?:主要)?(?:内容|意思)(?:是|有)?|是?(?:什么|啥|哪些)(?:内容|意思)?"
)
# A chapter (第四章 保障措施) is named where one is asked for.
_IS_ARTICLE, _IS_CHAPTER = re.compile(rf"第\s*(?:{_NUMBER})\s*条"), re.compile("第")
# An article longer than this is told by its first paragraphs.
_LONGEST, _MOST_PAPERS, _STOPS = 700, 3, "。;:!"


def of_articles(asked: Question, solver: Solver) -> Solved | None:
    """An article that a question names, or the answer with the article that states it; None for other questions.

    Where no paper asked about has such an article, the solution has no claims.
    """
    if asked.is_english or asked.confirms or asked.elsewhere or asked.is_outside:
        return None
    text = folded(asked.text)
    which = _WHICH.search(text)
    if which:
        return _with_article(asked, text.replace(which[0], " ", 1), solver)
    named = _NAMED.search(text)
    return _named(asked, text, named, solver) if named else None


def _named(asked: Question, text: str, named: re.Match[str], solver: Solver) -> Solved | None:
    number, paragraph = numeral_value(named["article"]), numeral_value(named["paragraph"] or "0")
    papers = [_articles_of(name, solver) for name in asked.documents or solver.index.documents]
    papers = [articles for articles in papers if articles]
    if not papers:
        return None
    held = [articles[number] for articles in papers if number in articles][:_MOST_PAPERS]
    if not held:
        count = f"这份文件共{max(papers[0])}条。" if len(papers) == 1 else ""
        return Solved(replace(asked, content=(f"第{named['article']}条",)), (), Draft((), nearest=count), ())
    rest = _OF_ITSELF.sub(" ", text.replace(named[0], " ", 1))
    within = _within(replace(asked, text=rest), held, solver) if len(held) == 1 and not paragraph else None
    if within:
        return replace(within, asked=asked)
    claims = [claim for article in held for claim in _told(article, paragraph, solver)]
    return replace(solver.solve(asked), draft=Draft(tuple(claims), is_settled=True))


def _within(rest: Question, held: Sequence[Sequence[Passage]], solver: Solver) -> Solved | None:
    """What answers the rest of the question, if it stands in the article that the question names."""
    about = understand(rest.text, solver.index.documents)
    if not about.content or about.asks in ("text", "list"):
        return None
    solved = solver.solve(about)
    sources = [source for claim in solved.draft.claims for source in claim.sources]
    return solved if sources and all(source.passage in held[0] for source in sources) else None


def _with_article(asked: Question, rest: str, solver: Solver) -> Solved | None:
    """The answer to the rest of a question, and where it stands in the paper."""
    about = understand(rest, solver.index.documents)
    solved = solver.solve(about) if about.content else None
    if solved is None or not solved.draft.claims:
        return None
    passages = dict.fromkeys(s.passage for claim in solved.draft.claims for s in claim.sources)
    is_place = _IS_CHAPTER if "章" in asked.text else _IS_ARTICLE
    places: dict[str, Source] = {}
    for passage in passages:
        place = next(filter(is_place.match, reversed(passage.section)), "")
        start = solver.index.documents[passage.document].text.rfind(place, 0, passage.start) if place else -1
        if start >= 0:
            places.setdefault(place, Source(passage, start, start + len(place)))
    if not places:
        return None
    told = Claim(f"以上见{'、'.join(places)}。", tuple(places.values()))
    return replace(solved, asked=asked, draft=replace(solved.draft, claims=(*solved.draft.claims, told)))


def _articles_of(name: str, solver: Solver) -> dict[int, list[Passage]]:
    """The passages of each article of a paper, by its number."""
    found: dict[int, list[Passage]] = {}
    for passage in solver.index.of_document(name):
        label = next((match for part in passage.section if (match := _ARTICLE.match(folded(part)))), None)
        if label is not None:
            found.setdefault(numeral_value(label[1]), []).append(passage)
    return found


def _told(article: Sequence[Passage], paragraph: int, solver: Solver) -> list[Claim]:
    """The paragraphs of an article, each with its passages: the first behind the article's number, or one alone."""
    text = solver.index.documents[article[0].document].text
    lines: list[list[Passage]] = []
    for passage in article:
        goes_on = bool(lines) and "\n" not in text[lines[-1][-1].end : passage.start]
        if goes_on:
            lines[-1].append(passage)
        else:
            lines.append([passage])
    if paragraph:
        lines = lines[paragraph - 1 : paragraph]
    label = next((part for part in article[0].section if _ARTICLE.match(folded(part))), "")
    claims: list[Claim] = []
    length = 0
    for passages in lines:
        said = text[passages[0].start : passages[-1].end].strip()
        if claims and (length + len(said) > _LONGEST or folded(said)[-1] not in _STOPS):
            # Who signs the rules, and when, stands below the last article.
            break
        length += len(said)
        sources = tuple(Source(passage, passage.start, passage.end) for passage in passages)
        which = f"{label}第{paragraph}款" if paragraph else label
        lead = f"{owner_of(passages[0])}：{which}：" if not claims else "- "
        claims.append(Claim(f"{lead}{said.rstrip(JOINING + ENDING)}。", sources))
    return claims
