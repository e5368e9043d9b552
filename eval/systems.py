"""The systems that can be evaluated, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import qa
from eval.peers import PEERS
from qa.answer import Answer, Turn
from qa.settings import PROJECT, Settings

SYSTEMS = ("ours", "extractive", *PEERS)


class System(Protocol):
    """What can be evaluated: anything that answers as `qa.Assistant` does.

    Two optional attributes: `answers_with` ("extractive", "local" or "remote": who words the answers) and
    `close()`, called when the run ends.
    """

    def ask(self, question: str, *, history: Sequence[Turn]) -> Answer:
        """Answer one question."""
        ...


Opener = Callable[[str, Settings], System]


# There is never anything in it: questions about the packaged documents are asked of them alone.
NOTHING_ADDED = PROJECT / ".qa" / "nothing-added"


def settings_for(name: str) -> Settings:
    """The environment's settings without documents that the user added; "extractive" never uses a model."""
    own = Settings(data_dir=NOTHING_ADDED)
    return own.model_copy(update={"llm": "none"}) if name == "extractive" else own


def open_system(name: str, settings: Settings) -> System:
    """The system called `name` (one of SYSTEMS), ready to answer from `settings.library`."""
    if name in PEERS:
        return PEERS[name](settings)
    return qa.Assistant.open(settings, progress=True)


def described(system: System) -> dict[str, Any]:
    """Who words the answers, and the line that says why; None for what the system does not tell."""
    return {
        "answers_with": getattr(system, "answers_with", None),
        "note": getattr(system, "model_note", None),
    }


def allows_parallel(system: System) -> bool:
    """Whether several questions at once are asked faster: not where one local model computes every answer."""
    return getattr(system, "answers_with", None) in ("extractive", "remote")
