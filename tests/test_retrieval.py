"""The retriever fuses three rankings, and drops into a plain LlamaIndex program."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import permutations

import pytest
from answer_parts import JINGMEN, XIALU, YANGPU, text_of
from hypothesis import given
from hypothesis import strategies as st
from index_parts import HashEmbedder
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import QueryBundle, TextNode

from qa import PlanRetriever
from qa.evidence.retrieval import reciprocal_rank_fusion
from qa.library.opening import reopen
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.index import PassageIndex
from vectorstore.nodes import PlanEmbedding, PlanNodeParser

RANKING = st.lists(st.integers(0, 30), unique=True, max_size=12)
SMART_HOMES = "杨浦2023年建设智慧养老院几家？"


@pytest.fixture(scope="module")
def index(seeds_settings: Settings) -> Iterator[PassageIndex]:
    opened = reopen(seeds_settings, choose_embedder(seeds_settings))
    yield opened
    opened.close()


# ── fusion ──


def test_what_stands_high_in_several_rankings_comes_first() -> None:
    fused = reciprocal_rank_fusion([[1, 2, 3], [2, 1, 3], [2, 4]], constant=60)
    assert [item for item, _ in fused] == [2, 1, 3, 4]
    assert dict(fused)[2] == pytest.approx(1 / 62 + 1 / 61 + 1 / 61)
    assert dict(fused)[4] == pytest.approx(1 / 62)


@given(st.lists(RANKING, max_size=4))
def test_fusion_keeps_every_item_once_with_falling_scores(rankings: list[list[int]]) -> None:
    fused = reciprocal_rank_fusion(rankings)
    items = [item for item, _ in fused]
    assert sorted(items) == sorted({item for ranking in rankings for item in ranking})
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@given(st.tuples(RANKING, RANKING, RANKING))
def test_the_order_of_the_rankings_does_not_matter(rankings: tuple[list[int], ...]) -> None:
    first, *others = (dict(reciprocal_rank_fusion(order)) for order in permutations(rankings))
    assert all(other == pytest.approx(first) for other in others)


@given(RANKING)
def test_a_single_ranking_stays_as_it_is(ranking: list[int]) -> None:
    assert [item for item, _ in reciprocal_rank_fusion([ranking])] == ranking


# ── as a LlamaIndex retriever ──


def test_nodes_carry_exact_offsets_and_what_is_known_about_the_passage(index: PassageIndex) -> None:
    nodes = PlanRetriever(index, limit=10).retrieve(SMART_HOMES)
    assert len(nodes) == 10
    assert [node.score for node in nodes] == sorted((node.score for node in nodes), reverse=True)
    for found in nodes:
        node = found.node
        assert isinstance(node, TextNode)
        text = text_of(node.metadata["document"])
        assert text[node.start_char_idx : node.end_char_idx] == node.text
    best = nodes[0].node
    assert "智慧养老院3家" in best.get_content()
    assert best.metadata["document"] == YANGPU
    assert best.metadata["region"] == "杨浦区"
    assert len({node.node.node_id for node in nodes}) == 10


def test_the_limit_and_the_choice_of_documents_are_kept(index: PassageIndex) -> None:
    nodes = PlanRetriever(index, limit=3, documents=[JINGMEN, XIALU]).retrieve(SMART_HOMES)
    assert len(nodes) == 3
    assert {node.node.metadata["document"] for node in nodes} <= {JINGMEN, XIALU}
    assert PlanRetriever(index, documents=["没有这份"]).retrieve(SMART_HOMES) == []


@pytest.mark.parametrize("query", ["", " ", "？", "zzzz", "养" * 100])
def test_a_query_that_says_nothing_is_no_error(index: PassageIndex, query: str) -> None:
    assert isinstance(PlanRetriever(index, limit=5).retrieve(query), list)


def test_further_wordings_of_a_query_are_searched_for_too(index: PassageIndex) -> None:
    retriever = PlanRetriever(index, limit=60)

    def rank(*wordings: str) -> int:
        nodes = retriever.retrieve(QueryBundle("老人", custom_embedding_strs=list(wordings)))
        holding = (place for place, node in enumerate(nodes) if "免费颁证" in node.node.get_content())
        return next(holding, len(nodes))

    assert rank("免费颁证") < rank()


def test_it_can_be_awaited(index: PassageIndex) -> None:
    retriever = PlanRetriever(index, limit=4)
    awaited = asyncio.run(retriever.aretrieve(SMART_HOMES))
    assert [node.node.node_id for node in awaited] == [
        node.node.node_id for node in retriever.retrieve(SMART_HOMES)
    ]


def test_a_plain_llamaindex_query_engine_answers_over_it(index: PassageIndex) -> None:
    engine = RetrieverQueryEngine.from_args(PlanRetriever(index, limit=4), llm=MockLLM())
    response = engine.query(SMART_HOMES)
    # The mock model repeats its prompt: the passages and the question reached it.
    assert "智慧养老院3家" in str(response)
    assert SMART_HOMES in str(response)
    assert len(response.source_nodes) == 4
    assert response.source_nodes[0].node.metadata["document"] == YANGPU


# ── the document walk inside LlamaIndex ──


def test_the_node_parser_gives_nodes_with_exact_offsets() -> None:
    text = text_of(YANGPU)
    nodes = PlanNodeParser().get_nodes_from_documents(
        [Document(text=text, metadata={"file_name": f"{YANGPU}.txt"})]
    )
    assert len(nodes) > 50
    for node in nodes:
        assert isinstance(node, TextNode)
        assert text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.metadata["document"] == YANGPU
    assert len({node.node_id for node in nodes}) == len(nodes)


def test_parser_and_embedder_work_in_a_llamaindex_vector_index() -> None:
    texts = {
        "安吉": "安吉县2024年民政工作要点\n一、养老服务\n新建村级幸福院12个。\n二、救助\n低保标准820元。\n",
        "德清": "德清县2024年民政工作要点\n一、殡葬服务\n推进节地生态安葬。\n",
    }
    embedder = HashEmbedder()
    built = VectorStoreIndex.from_documents(
        [Document(text=text, metadata={"file_name": f"{name}.txt"}) for name, text in texts.items()],
        transformations=[PlanNodeParser()],
        embed_model=PlanEmbedding(embedder),
    )
    (best,) = built.as_retriever(similarity_top_k=1).retrieve("新建村级幸福院多少个")
    assert "幸福院12个" in best.node.get_content()
    assert best.node.metadata["document"] == "安吉"
    # Searched with its context, which the passage itself does not repeat.
    assert any("安吉县2024年民政工作要点" in text and "幸福院12个" in text for text in embedder.texts)


def test_the_embedding_model_gives_the_embedders_vectors() -> None:
    embedder = HashEmbedder()
    embedding = PlanEmbedding(embedder)
    assert embedding.model_name == embedder.name
    assert embedding.get_text_embedding_batch(["养老", "殡葬"]) == [
        pytest.approx(vector.tolist()) for vector in embedder.embed_passages(["养老", "殡葬"])
    ]
    query = embedding.get_query_embedding("养老")
    assert query == pytest.approx(embedder.embed_queries(["养老"])[0].tolist())
    assert asyncio.run(embedding.aget_query_embedding("养老")) == query
