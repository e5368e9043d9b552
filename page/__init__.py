"""The web page: shows what `qa` answers, and knows nothing about questions or documents itself.

`answer_text`, `excerpts` and `rendering` turn answers and documents into escaped HTML (no web framework),
`conversation` is one visitor's conversation, `layout` the controls, `server` the HTTP side.
"""
