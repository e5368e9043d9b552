"""From findings to the text of an Answer: by code, or by a model whose every claim is verified."""
