"""The walk on LlamaIndex's own interfaces: its pipeline, its index, its serialisation."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_parts import HashEmbedder
from llama_index.core import Document as LlamaDocument
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import MetadataMode, NodeRelationship, TextNode
from plan_parts import JINGMEN, SEEDS, SHENGZHOU, seed

from vectorstore.nodes import PlanEmbedding, PlanNodeParser, node_of
from vectorstore.passages import passages_of

_REPEATED = "青浦区2024年民政工作要点\n一、救助\n做好工作。\n二、养老\n做好工作。\n"


def _nodes(text: str, **metadata: str) -> list[TextNode]:
    document = LlamaDocument(text=text, metadata=metadata, doc_id="d")
    nodes = PlanNodeParser().get_nodes_from_documents([document])
    assert all(isinstance(node, TextNode) for node in nodes)
    return [node for node in nodes if isinstance(node, TextNode)]


def test_nodes_have_exact_offsets_even_where_the_text_repeats() -> None:
    nodes = _nodes(_REPEATED, file_name="plan.txt")
    assert [node.text for node in nodes] == ["做好工作。", "做好工作。"]
    for node in nodes:
        assert node.start_char_idx is not None
        assert _REPEATED[node.start_char_idx : node.end_char_idx] == node.text
    assert len({node.start_char_idx for node in nodes}) == 2
    assert nodes[0].metadata["section"] == "一、救助"
    assert nodes[1].metadata["section"] == "二、养老"


def test_a_seed_gives_its_passages_without_page_furniture() -> None:
    nodes = _nodes(seed(JINGMEN).text, file_name=f"{JINGMEN}.txt")
    passages = [passage for passage in passages_of(seed(JINGMEN)) if passage.kind != "furniture"]
    assert [(n.node_id, n.start_char_idx, n.text) for n in nodes] == [
        (p.id, p.start, p.text) for p in passages
    ]
    assert not any("扫一扫" in node.text for node in nodes)


def test_nodes_know_their_document_and_their_neighbours() -> None:
    first, second = _nodes(_REPEATED)
    assert first.ref_doc_id == second.ref_doc_id == "d"
    following = first.relationships[NodeRelationship.NEXT]
    assert not isinstance(following, list)
    assert following.node_id == second.node_id


def test_the_catalogue_counts_where_the_file_is_known() -> None:
    text = seed(SHENGZHOU).text
    known = _nodes(text, file_path=str(SEEDS / f"{SHENGZHOU}.txt"))
    assert known[0].metadata["title"] == "嵊州市民政局2021年工作总结和2022年工作计划"


def test_a_catalogue_in_the_working_folder_is_none_of_its_business(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalogue.toml").write_text("not toml", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert _nodes(_REPEATED, file_name="plan.txt")[0].metadata["title"] == "青浦区2024年民政工作要点"


def test_a_model_sees_the_place_and_section_once_before_the_text() -> None:
    passage = passages_of(seed(SHENGZHOU))[4]
    node = node_of(passage, title="总结")
    assert node.get_content(MetadataMode.EMBED) == f"{passage.context}\n\n{passage.text}"
    shown = node.get_content(MetadataMode.LLM)
    assert shown.endswith(passage.text)
    assert " / ".join(passage.section) in shown
    assert passage.document not in shown


def test_the_parser_runs_in_a_pipeline_with_the_embedder() -> None:
    embedding = PlanEmbedding(HashEmbedder(dimension=8))
    pipeline = IngestionPipeline(transformations=[PlanNodeParser(), embedding])
    nodes = pipeline.run(documents=[LlamaDocument(text=_REPEATED)])
    assert [len(node.embedding or ()) for node in nodes] == [8, 8]


def test_the_embedding_is_the_embedders() -> None:
    embedder = HashEmbedder(dimension=8)
    embedding = PlanEmbedding(embedder)
    assert embedding.get_query_embedding("低保") == pytest.approx(embedder.embed_queries(["低保"])[0])
    assert embedding.get_text_embedding_batch(["低保", "养老"])[1] == pytest.approx(
        embedder.embed_passages(["养老"])[0]
    )
    assert embedding.model_name == embedder.name


def test_parser_and_embedding_say_their_names() -> None:
    assert PlanNodeParser.class_name() == "PlanNodeParser"
    assert PlanEmbedding.class_name() == "PlanEmbedding"
