"""Questions to begin with: chosen ones for the documents that come with the program, plain ones for others."""

from __future__ import annotations

from collections.abc import Mapping

from vectorstore.documents import Document

MOST = 6

_CHOSEN = {
    "000_52d60fd8ff2f3517": "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？",
    "002_8cdb794dbca257d9": "杨浦2023年建设智慧养老院几家？",
    "003_00c7b75726d8e230": "荆门市2025年养老机构护理型床位占比要达到多少？",
    "004_43bd6416e6636711": "嵊州市2022年养老服务有哪些计划？",
    "001_ccb1b5885ede9b5c": "湘西州对特困人员有哪些救助？",
}


def example_questions(documents: Mapping[str, Document]) -> list[str]:
    """At most six questions that the loaded documents are likely to answer, one for each document."""
    questions = [question for name, question in _CHOSEN.items() if name in documents]
    for name, document in documents.items():
        place, period = document.metadata.region, document.metadata.period
        if name not in _CHOSEN and (place or period):
            questions.append(f"{place}{period}在养老服务方面有哪些安排？")
    return list(dict.fromkeys(questions))[:MOST]
