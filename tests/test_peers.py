"""Other systems over the same library, embedder and model: what they are given, and what is made of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, get_args

import pytest
from doubles import FakeOpenAI
from index_parts import HashEmbedder

from eval.baselines import Bm25TopPassage, DenseTopPassage
from eval.peers import PEERS, Peer
from eval.peers.llamaindex import CitationEngine, StockLlamaIndex
from eval.peers.refusals import status_of
from eval.peers.sources import Source, citations_of, evidence_of, read_texts_of, span_of
from eval.peers.vectors import RememberingEmbedder
from qa.answer import Answer, Status, Turn
from qa.errors import LibraryMissing, ModelUnavailable
from qa.models.choice import RemoteModel
from qa.settings import Settings

QINGPU = "青浦区2024年民政工作要点\n一、救助\n低保标准提高到1510元。\n二、养老\n新增养老床位500张。\n"
JINGMEN = "荆门市2024年民政工作要点\n一、殡葬\n节地生态安葬率达到25%。\n二、养老\n做好工作。\n三、儿童\n做好工作。\n"
Opened = TypeVar("Opened", bound=StockLlamaIndex)
BEDS = "青浦区2024年新增养老床位多少张？"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "青浦.txt").write_text(QINGPU, encoding="utf-8")
    (folder / "荆门.txt").write_bytes(JINGMEN.encode("gb18030"))
    return folder


@pytest.fixture(scope="module")
def embedder_service() -> Iterator[FakeOpenAI]:
    """Apart from the model's: what is queued there is for the model alone."""
    with FakeOpenAI() as running:
        yield running


@pytest.fixture
def stock(library: Path, service: FakeOpenAI) -> Iterator[StockLlamaIndex]:
    yield from _opened(StockLlamaIndex, library, service)


@pytest.fixture
def citing(library: Path, service: FakeOpenAI) -> Iterator[CitationEngine]:
    yield from _opened(CitationEngine, library, service)


def _opened(kind: type[Opened], library: Path, service: FakeOpenAI) -> Iterator[Opened]:
    service.requests.clear()
    service._behaviours.clear()
    model = RemoteModel(base_url=service.base_url, model="test-model", api_key="", timeout=10)
    peer = kind(read_texts_of(library), embedder=HashEmbedder(), model=model)
    yield peer
    peer.close()


def _shown(service: FakeOpenAI, request: int = -1) -> str:
    """Everything that the model was shown in one request."""
    return "\n".join(message["content"] for message in service.requests[request].body["messages"])


def _assert_exact(answer: Answer, library: Path) -> None:
    texts = {name: document.text for name, document in read_texts_of(library).items()}
    assert answer.citations
    for citation in answer.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote


def test_stock_llamaindex_answers_from_the_library_through_our_client(
    stock: StockLlamaIndex, service: FakeOpenAI, library: Path
) -> None:
    service.reply("新增500张。")
    answer = stock.ask(BEDS)
    assert (answer.text, answer.status, answer.answered_by) == ("新增500张。", "answered", "test-model")
    assert len(service.requests) == 1
    request = service.requests[0].body
    assert (request["model"], request["temperature"]) == ("test-model", 0)
    shown = _shown(service)
    assert "Context information is below" in shown
    assert "新增养老床位500张" in shown
    assert "节地生态安葬率达到25%" in shown  # read as this project reads it, whatever the encoding
    assert BEDS in shown
    _assert_exact(answer, library)
    assert {citation.document for citation in answer.citations} == {"青浦", "荆门"}
    assert answer.evidence[0].document == "青浦"


def test_a_follow_up_is_condensed_with_its_history_by_the_default_chat_engine(
    stock: StockLlamaIndex, service: FakeOpenAI
) -> None:
    service.reply("青浦区的低保标准是多少？")
    service.reply("1510元。")
    answer = stock.ask("那低保标准呢？", history=[Turn(BEDS, "500张。")])
    assert answer.text == "1510元。"
    assert len(service.requests) == 2
    assert all(
        text in _shown(service, 0) for text in ("那低保标准呢？", BEDS, "500张。", "Standalone question")
    )
    assert "低保标准提高到1510元" in _shown(service, 1)


def test_one_conversation_knows_nothing_of_the_one_before(
    stock: StockLlamaIndex, service: FakeOpenAI
) -> None:
    for first in ("甲问题？", "乙问题？"):
        service.reply("完整的问题？")
        service.reply("回答。")
        stock.ask("那呢？", history=[Turn(first, "某个回答。")])
    assert "乙问题？" in _shown(service)
    assert "甲问题？" not in _shown(service)


def test_the_citation_engine_cites_the_sources_that_its_answer_names(
    citing: CitationEngine, service: FakeOpenAI, library: Path
) -> None:
    service.reply("安葬率为25% [2]，见[7]。")
    answer = citing.ask("荆门市节地生态安葬率是多少？")
    assert "Source 1:" in _shown(service)
    assert [citation.number for citation in answer.citations] == [2]
    assert answer.citations[0].document == answer.evidence[1].document
    assert not answer.citations[0].quote.startswith("Source")
    _assert_exact(answer, library)


def test_an_answer_without_numbers_cites_all_that_the_engine_was_given(
    citing: CitationEngine, service: FakeOpenAI
) -> None:
    service.reply("安葬率为25%。")
    assert len(citing.ask("荆门市节地生态安葬率是多少？").citations) == 2


def test_a_follow_up_to_the_citation_engine_is_asked_as_the_condensed_question(
    citing: CitationEngine, service: FakeOpenAI
) -> None:
    service.reply("青浦区的低保标准是多少？")
    service.reply("1510元[1]。")
    answer = citing.ask("那低保标准呢？", history=[Turn(BEDS, "500张。")])
    assert "Query: 青浦区的低保标准是多少？" in _shown(service)
    assert answer.evidence[0].document == "青浦"


def test_a_refusal_in_words_is_not_found_and_cites_nothing(
    stock: StockLlamaIndex, service: FakeOpenAI
) -> None:
    service.reply("上下文中没有提到火星基地。")
    answer = stock.ask("青浦区有几座火星基地？")
    assert answer.status == "not_found"
    assert not answer.citations
    assert answer.evidence


def test_a_model_that_fails_is_an_error_and_no_answer(stock: StockLlamaIndex, service: FakeOpenAI) -> None:
    service.fail(500)
    with pytest.raises(ModelUnavailable):
        stock.ask(BEDS)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Empty Response", "not_found"),
        ("", "not_found"),
        ("材料中未提及武汉的目标。", "not_found"),
        ("**无法**根据提供的信息回答这个问题。建议查阅原文。", "not_found"),
        ("抱歉，我找不到相关内容。", "not_found"),
        ("根據提供的資料，沒有提到具體數字。", "not_found"),
        ("The context does not mention a target for Wuhan.", "not_found"),
        ("I'm sorry, the sources don't provide this.", "not_found"),
        ("The target isn't specified in the sources.", "not_found"),
        ("新增养老床位500张。", "answered"),
        ("文中没有明确提到总数，但养老床位为500张。", "answered"),
        ("The total is not specified; however, 500 beds are planned.", "answered"),
        ("新增养老床位500张。其他地区未提及。", "answered"),
        ("完善没有劳动能力人员的救助政策。", "answered"),
        ("无偿献血、无障碍改造。", "answered"),
        ("The target is 95%. Nothing else is mentioned.", "answered"),
    ],
)
def test_what_a_peer_says_counts_as_a_refusal_only_at_the_beginning_and_when_not_taken_back(
    text: str, status: str
) -> None:
    assert status in get_args(Status)
    assert status_of(text) == status


def test_a_text_that_stands_several_times_is_located_nearest_to_where_it_is_said_to_be(library: Path) -> None:
    documents = read_texts_of(library)
    first, second = JINGMEN.find("做好工作"), JINGMEN.rfind("做好工作")
    assert span_of(Source("荆门", "做好工作。", near=0), documents) == (first, first + 5)
    assert span_of(Source("荆门", "做好工作。\n", near=len(JINGMEN)), documents) == (second, second + 5)


def test_what_cannot_be_located_is_evidence_of_nothing_and_no_citation(library: Path) -> None:
    documents = read_texts_of(library)
    sources = [Source("荆门", "没有这句话"), Source("别处", "做好工作。"), Source("荆门", "")]
    assert [(passage.start, passage.end) for passage in evidence_of(sources, documents)] == [(0, 0)] * 3
    assert citations_of(list(enumerate(sources, start=1)), documents) == ()


def test_every_peer_opens_by_name_and_answers_as_ours_does(
    library: Path, tmp_path: Path, service: FakeOpenAI, embedder_service: FakeOpenAI
) -> None:
    settings = Settings(
        library=library,
        index_dir=tmp_path / "index",
        llm="openai",
        llm_base_url=service.base_url,
        llm_model="test-model",
        embedding="openai",
        embedding_base_url=embedder_service.base_url,
        embedding_model="test-embedder",
    )
    assert set(PEERS) >= {"stock-llamaindex", "citation-query-engine", "dense-top1", "bm25-top1"}
    for name in ("stock-llamaindex", "citation-query-engine", "dense-top1", "bm25-top1"):
        service._behaviours.clear()
        peer: Peer = PEERS[name](settings)
        service.reply("新增500张[1]。")
        answer = peer.ask(BEDS)
        assert answer.status == "answered"
        assert answer.answered_by in ("test-model", name)
        _assert_exact(answer, library)
        peer.close()


def test_chunks_are_embedded_once_and_questions_every_time(tmp_path: Path) -> None:
    counting = HashEmbedder()
    cache = tmp_path / "new" / "vectors.sqlite3"
    first = RememberingEmbedder(counting, cache).embed_passages(["甲段落", "乙段落"])
    counting.texts.clear()
    second = RememberingEmbedder(counting, cache).embed_passages(["乙段落", "甲段落"])
    assert len(counting.texts) == 1  # one of them again, to see that the embedder is still the same
    assert (second == first[::-1]).all()
    assert (
        counting.embed_queries(["甲"]) == RememberingEmbedder(counting, cache).embed_queries(["甲"])
    ).all()


def test_a_peer_that_needs_a_model_says_so_where_there_is_none(library: Path, tmp_path: Path) -> None:
    settings = Settings(library=library, index_dir=tmp_path / "index", llm="none")
    with pytest.raises(ModelUnavailable, match="需要模型"):
        PEERS["stock-llamaindex"](settings)


def test_a_library_without_a_readable_file_is_an_expected_error(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(" ", encoding="utf-8")
    with pytest.raises(LibraryMissing, match="空"):
        read_texts_of(tmp_path)


def test_bm25_quotes_the_best_passage_and_looks_follow_ups_up_with_the_question_before(library: Path) -> None:
    peer = Bm25TopPassage(library)
    answer = peer.ask(BEDS)
    assert "新增养老床位500张" in answer.text
    _assert_exact(answer, library)
    followed = peer.ask("那标准呢？", history=[Turn("青浦区低保标准提高到多少元？")])
    assert "1510元" in followed.text
    peer.close()


def test_dense_quotes_the_nearest_passage(
    library: Path, tmp_path: Path, embedder_service: FakeOpenAI
) -> None:
    settings = Settings(
        library=library,
        index_dir=tmp_path / "index",
        llm="none",
        embedding="openai",
        embedding_base_url=embedder_service.base_url,
        embedding_model="test-embedder",
    )
    peer = DenseTopPassage.open(settings)
    answer = peer.ask(BEDS)
    _assert_exact(answer, library)
    assert answer.text == f"> {answer.evidence[0].text} [1]"
    scores = [passage.score for passage in answer.evidence]
    assert scores == sorted(scores, reverse=True)
    peer.close()
