"""The model's instructions: one readable file each, loaded by name, their variables checked at load.

A prompt is a `string.Template`; `load("answer", {"question", "evidence"})` fails by name when the file uses
another variable or lacks one, so that a typing error in a prompt never reaches a model.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from importlib import resources
from string import Template


class PromptInvalid(ValueError):
    """A prompt file's variables are not the ones that its caller fills in."""


def load(name: str, variables: Set[str]) -> Template:
    """The prompt `name` (prompts/NAME.txt). Raises PromptInvalid when its variables are not `variables`."""
    template = _read(name)
    found = set(template.get_identifiers())
    if not template.is_valid() or found != set(variables):
        raise PromptInvalid(f"prompts/{name}.txt: variables {sorted(found)}, expected {sorted(variables)}")
    return template


@lru_cache(maxsize=32)
def _read(name: str) -> Template:
    return Template(resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip())
