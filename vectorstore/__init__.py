"""Everything between a file and Chroma: reading, structure, passages, embeddings, the index."""
