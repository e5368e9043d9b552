"""Which embedder the settings ask for."""

from __future__ import annotations

from qa.settings import Settings
from vectorstore.embeddings import Embedder, LocalEmbedder


def choose_embedder(settings: Settings) -> Embedder:
    """The embedder of `QA_EMBEDDING`: the one on this machine, or an endpoint that the user named."""
    if settings.embedding == "local":
        return LocalEmbedder()
    from qa.models.endpoint import EmbeddingEndpoint  # noqa: PLC0415 - imports the openai client

    return EmbeddingEndpoint(
        base_url=settings.embedding_base_url,
        model=settings.embedding_model,
        api_key=settings.embedding_api_key.get_secret_value(),
        timeout=settings.llm_timeout,
    )
