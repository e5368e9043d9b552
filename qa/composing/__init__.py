"""Questions that consist of others, and answers that consist of several findings, put together in code."""
