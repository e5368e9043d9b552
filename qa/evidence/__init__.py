"""From an understood question to findings: retrieval, the sentences and rows that answer, and what makes them fit."""
