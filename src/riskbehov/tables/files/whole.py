"""A file that appears whole or not at all: written beside its place, and given its name last."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from riskbehov.errors import Fault, InputError, reason
from riskbehov.i18n import message

_PRIVATE = 0o600
"""A new file is for whoever wrote it: it holds answers of persons."""


@contextmanager
def whole(output: Path) -> Iterator[Path]:
    """Yield a new, empty file to write to; it takes the name of ``output`` when all went well.

    Whatever else happens, nothing is left of it. Raises :class:`InputError` for a place where no
    file can be written, and for a full disk.
    """
    with _told(output):
        place = output.resolve()
        mode = _mode(place)
    written = place.with_name(f".{place.name}.{token_hex(4)}")
    try:
        with _told(output):
            os.close(os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
            yield written
            if mode is not None:
                written.chmod(stat.S_IMODE(mode))
            written.replace(place)
    except BaseException:
        with suppress(OSError):
            written.unlink()
        raise


def _mode(place: Path) -> int | None:
    """Return the mode of a file that is there; one that may not be written is left alone."""
    if not place.exists():
        return None
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    mode = place.stat().st_mode
    if not mode & stat.S_IWUSR or not stat.S_ISREG(mode):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


@contextmanager
def _told(output: Path) -> Iterator[None]:
    """Tell of what the operating system refuses as of something that the caller gave."""
    try:
        yield
    except OSError as fault:
        raise InputError(
            Fault(
                message("the file cannot be written ({reason})", reason=reason(fault)),
                str(output),
            )
        ) from None


def require_other(output: Path, inputs: Iterable[Path]) -> None:
    """Raise :class:`InputError` where a result would take the place of what it is made from."""
    place = output.resolve()
    if any(each.resolve() in (place, *place.parents) for each in inputs):
        raise InputError(
            Fault(message("found the file that is read, expected another to write to"), str(output))
        )
