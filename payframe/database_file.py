"""An SQLite database's file: who may read it, who is using it, and whether it is still there."""

import contextlib
import errno
import fcntl
import logging
import os
from pathlib import Path

from payframe.errors import PayframeError

log = logging.getLogger("payframe.store")

PRIVATE = 0o600
IN_USE = (
    "{}: another payframe is using this database. End that one first, or use another --database."
)
SUFFIXES = ("", "-wal", "-shm")
"""Of the files that SQLite keeps a database in."""


class StoreGoneError(PayframeError):
    """The database's file was removed or replaced while it was in use."""


class StoreInUseError(PayframeError):
    """Another process is using the database."""


class DatabaseFile:
    """A file that is used by this process: nobody may delete it until `close`.

    Webhooks and secrets are in it: it is this user's alone, and so are the files beside it, which
    SQLite makes with the same rights.
    """

    def __init__(self, path: Path) -> None:
        """Make the file where it is missing. Raises OSError."""
        self._path = path
        self._lock: int | None = _open_lock(path)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        path.touch(PRIVATE)
        for suffix in SUFFIXES:
            # By name: opening the file once more and closing it would end SQLite's own locks.
            with contextlib.suppress(FileNotFoundError, PermissionError):
                Path(f"{path}{suffix}").chmod(PRIVATE)
        self._identity = _identity(path)
        self._told = False

    def check(self) -> None:
        """Raises StoreGoneError; SQLite itself would go on with a file that nobody can find."""
        if _identity(self._path) != self._identity:
            error = StoreGoneError(
                f"The database {self._path} was removed or replaced while payframe was using it. "
                "What was in it is lost here: start payframe again."
            )
            if not self._told:
                self._told = True
                log.error("%s", error)
            raise error

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def delete(path: Path) -> None:
    """Delete a database that nobody is using. Raises StoreInUseError, OSError."""
    if not path.exists():
        return
    lock = _open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for suffix in SUFFIXES:
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    except BlockingIOError as error:
        raise StoreInUseError(IN_USE.format(path)) from error
    finally:
        os.close(lock)


def _open_lock(path: Path) -> int:
    """A file beside the database's. It is never deleted, so that all lock the same one."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
