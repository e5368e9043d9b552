"""The errors that callers of `qa` may want to catch by type; see `vectorstore.errors` for what they carry."""

from vectorstore.errors import (
    DocumentUnreadable,
    ExpectedError,
    IndexBusy,
    IndexMismatch,
    IndexUnusable,
    LibraryMissing,
)
from vectorstore.stages import WorkStopped

__all__ = [
    "CorrectionInvalid",
    "DocumentUnknown",
    "DocumentUnreadable",
    "ExpectedError",
    "IndexBusy",
    "IndexMismatch",
    "IndexUnusable",
    "LibraryMissing",
    "ModelUnavailable",
    "QuestionUnusable",
    "SettingsInvalid",
    "UsersUnusable",
    "WorkStopped",
]


class SettingsInvalid(ExpectedError):
    """A `QA_*` variable is unknown or its value cannot be used."""

    exit_code = 2


class QuestionUnusable(ExpectedError):
    """The question is empty, too long or holds no readable character."""

    exit_code = 3


class DocumentUnknown(ExpectedError):
    """The library holds no document of this name."""

    exit_code = 4


class CorrectionInvalid(ExpectedError):
    """A correction of a document cannot be used as it is."""

    exit_code = 2


class ModelUnavailable(ExpectedError):
    """The model cannot be used: weights missing or altered, endpoint away, refusing or talking nonsense."""

    exit_code = 6


class UsersUnusable(ExpectedError):
    """The file of the page's users, or a name or password for it, cannot be used."""

    exit_code = 2
