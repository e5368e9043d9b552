"""SQLite files of derived data: deleted at will, set aside and begun anew when damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def open_cache_file(path: Path, table: str) -> sqlite3.Connection:
    """Open or create a file with this table (an SQL statement); a damaged one is renamed to `<name>.damaged`.

    What is committed survives the process being killed.
    """
    try:
        return _connect(path, table)
    except sqlite3.DatabaseError as error:
        # The low byte is the error, the rest its variety.
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        path.replace(path.with_name(path.name + ".damaged"))
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        return _connect(path, table)


def _connect(path: Path, table: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            error = sqlite3.DatabaseError(verdict)
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        connection.execute(table)
    except BaseException:
        connection.close()
        raise
    return connection
