"""The file of an outbox: SQLite, durable at each commit, set aside where it is damaged."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.log import get_logger

#: Pages that SQLite writes before it moves them from the log into the file: 256 kB, so that the
#: log stays small on a booth's disk.
_CHECKPOINT_PAGES = 64

_TABLES = """
CREATE TABLE IF NOT EXISTS letters (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    payload BLOB NOT NULL,
    about TEXT NOT NULL,
    due REAL NOT NULL,
    tries INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS by_due ON letters (due, number);
CREATE INDEX IF NOT EXISTS by_about ON letters (about);
CREATE TABLE IF NOT EXISTS done (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
"""

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to be sent."""

    id: str
    """By which whoever receives it counts it once."""
    payload: bytes
    about: str = ""
    """What it concerns, for `put(…, replacing=…)`."""
    due: float = 0.0
    """Unix seconds before which it is not sent."""
    tries: int = 0
    """How often it was sent in vain."""


class OutboxFile:
    """The letters on disk, for one thread; where the disk does not serve, in memory."""

    def __init__(self, path: Path, *, most: int, remember_s: float) -> None:
        """`most` letters are kept, the oldest dropped; sent ones' ids stay for `remember_s`."""
        self._most = most
        self._remember_s = remember_s
        self._database = _opened(path)
        self._count = self._counted()

    def put(self, letters: Sequence[Letter], replacing: str = "") -> int:
        """Keep the letters, all or none, and return how many of them were new.

        `replacing`: where the first is new, those about it are dropped as if they had arrived;
        where it is not, nothing is done.
        """
        try:
            with self._database:
                added = self._insert(letters[0])
                if replacing and not added:
                    return 0
                if replacing:
                    self._withdraw(replacing)
                added += sum(self._insert(letter) for letter in letters[1:])
                excess = self._drop_oldest()
        except sqlite3.Error:
            self._count = self._counted()
            raise
        if excess:
            _log.warning("outbox full: the oldest are dropped", dropped=excess)
        return added

    def due(self, now: float, most: int) -> list[Letter]:
        """Return those that are to be sent by `now`, in the order in which they were put."""
        rows = self._database.execute(
            "SELECT id, payload, about, due, tries FROM letters"
            " WHERE due <= ? ORDER BY number LIMIT ?",
            (now, most),
        )
        return [Letter(*row) for row in rows]

    def next_due(self) -> float | None:
        """Return when the next is to be sent, Unix seconds; None where there is none."""
        at: float | None = self._database.execute("SELECT min(due) FROM letters").fetchone()[0]
        return at

    def done(self, ids: Iterable[str]) -> None:
        """Forget letters that have arrived, but for their ids."""
        now = time.time()
        with self._database:
            self._forget(ids, now)
            self._database.execute("DELETE FROM done WHERE at < ?", (now - self._remember_s,))

    def postpone(self, id_: str, due: float) -> None:
        """Try again at `due`."""
        with self._database:
            self._database.execute(
                "UPDATE letters SET due = ?, tries = tries + 1 WHERE id = ?", (due, id_)
            )

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _counted(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM letters").fetchone()[0]
        return count

    def _insert(self, letter: Letter) -> int:
        added = self._database.execute(
            "INSERT OR IGNORE INTO letters (id, payload, about, due, tries)"
            " SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM done WHERE id = ?)",
            (letter.id, letter.payload, letter.about, letter.due, letter.tries, letter.id),
        ).rowcount
        self._count += added
        return added

    def _drop_oldest(self) -> int:
        excess = max(0, self._count - self._most)
        if excess:
            self._database.execute(
                "DELETE FROM letters WHERE number IN"
                " (SELECT number FROM letters ORDER BY number LIMIT ?)",
                (excess,),
            )
            self._count -= excess
        return excess

    def _withdraw(self, about: str) -> None:
        rows = self._database.execute("SELECT id FROM letters WHERE about = ?", (about,))
        self._forget([id_ for (id_,) in rows], time.time())

    def _forget(self, ids: Iterable[str], now: float) -> None:
        for id_ in ids:
            self._count -= self._database.execute(
                "DELETE FROM letters WHERE id = ?", (id_,)
            ).rowcount
            if self._remember_s:
                self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (id_, now))


def _opened(path: Path) -> sqlite3.Connection:
    """Return the database: that of `path`, a new one where that is damaged, or one in memory."""
    for _ in range(2):
        try:
            return _database(path)
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                _log.warning("outbox not on disk", file=path.name, error=error)
                break
            _log.warning("outbox damaged: set aside", file=path.name)
            _set_aside(path)
        except OSError as error:
            _log.warning("outbox not on disk", file=path.name, error=error)
            break
    return _database(None)


def _database(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its log the rights of the file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    database = sqlite3.connect(path or ":memory:")
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        _check(database)
        database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _damaged(error: sqlite3.DatabaseError) -> bool:
    """Tell whether the file is to blame, and not the disk or another process."""
    return not isinstance(error, sqlite3.OperationalError) or "malformed" in str(error)


def _set_aside(path: Path) -> None:
    """Keep the damaged file for whoever wants to look; an earlier one makes room."""
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))
    for end in ("-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)
