"""Answers and conversations to take along, as Markdown and as Word documents."""
