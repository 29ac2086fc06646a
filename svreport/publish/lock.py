"""One build at a time in a folder of outputs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from svreport.errors import OutputInUse

_NAME = ".svreport.lock"
_LONGEST_WAIT_SECONDS = 600


@contextmanager
def alone_in(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the folder until the block is done; calls `waiting` once when another build has it, and waits.

    The operating system holds the lock and lets it go when its holder ends, however it ends: a lock that a killed
    build left behind holds nobody up.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _NAME)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        try:
            lock.acquire(timeout=_LONGEST_WAIT_SECONDS)
        except Timeout:
            raise OutputInUse(
                f"Another build has held {folder} for {_LONGEST_WAIT_SECONDS // 60} minutes: "
                f"see whether it hangs, end it, and build again."
            ) from None
    try:
        yield
    finally:
        lock.release()
