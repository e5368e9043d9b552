"""The commands of `qa` beside `qa ask`; `qa.cli` is the door."""
