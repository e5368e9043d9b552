"""Errors that a reader can do something about.

Each carries what happened (`message`), what to do (`hint`), both in Chinese, and the exit code that the
command line gives for it. Anything else that is raised is a bug and is allowed to look like one.
"""


class ExpectedError(Exception):
    """Base of every error with a way out. `str(error)` is the message followed by the hint."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class DocumentUnreadable(ExpectedError):
    """One file of the library cannot be read; the others are not affected."""

    exit_code = 4


class LibraryMissing(ExpectedError):
    """The library folder is not there or holds no readable document."""

    exit_code = 4


class IndexBusy(ExpectedError):
    """Another process is writing the index; the message says which."""

    exit_code = 5


class IndexMismatch(ExpectedError):
    """The index was made with another embedder; mixing vectors would give wrong answers silently."""

    exit_code = 5


class IndexUnusable(ExpectedError):
    """The index can be neither read nor rebuilt where it is (folder not writable, server away)."""

    exit_code = 5
