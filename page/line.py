"""Who is answered next: questions wait in line, and each can tell how many are before it."""

from __future__ import annotations

import threading
from types import TracebackType


class Line:
    """A line before so many places; whoever has waited longest goes first. Safe among threads."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._tickets: list[Ticket] = []
        self._moved = threading.Condition()

    def join(self) -> Ticket:
        """Stand in line; `leave` the ticket (or use it as a context) when done or no longer waiting."""
        with self._moved:
            ticket = Ticket(self)
            self._tickets.append(ticket)
            return ticket

    def ahead_of(self, ticket: Ticket) -> int:
        """How many have to be done before this one's turn comes; 0 when it has come."""
        with self._moved:
            return self._ahead_of(ticket)

    def wait(self, ticket: Ticket, seconds: float) -> bool:
        """Wait until it is this one's turn, at most so long; whether it is."""
        with self._moved:
            return self._moved.wait_for(lambda: self._ahead_of(ticket) == 0, seconds)

    def leave(self, ticket: Ticket) -> None:
        """Make room; leaving twice does nothing."""
        with self._moved:
            if ticket in self._tickets:
                self._tickets.remove(ticket)
                self._moved.notify_all()

    def _ahead_of(self, ticket: Ticket) -> int:
        return max(0, self._tickets.index(ticket) - self._places + 1) if ticket in self._tickets else 0


class Ticket:
    """One place in a line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @property
    def ahead(self) -> int:
        """How many have to be done before."""
        return self._line.ahead_of(self)

    def wait(self, seconds: float) -> bool:
        """Whether the turn has come within so many seconds."""
        return self._line.wait(self, seconds)

    def __enter__(self) -> Ticket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.leave(self)
