"""Why the system refused a file, a folder or a line, in words of ours: its own are English on most machines."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Mapping
from typing import Final

from desk.errors.base import N_


class Cause(str):
    """The id of words for a cause; `desk.words.told` says it in the officer's language."""

    __slots__ = ()


_WORDS: Final[Mapping[int, str]] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("this user of the machine may not do that"),
    errno.EPERM: N_("this user of the machine may not do that"),
    errno.EEXIST: N_("a file of this name is there already"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("this is a folder, not a file"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk or its cable fails"),
    errno.EBUSY: N_("another program is using it"),
    errno.EAGAIN: N_("another program is using it"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("the name or the value does not fit here"),
    errno.ENODEV: N_("the device is gone"),
    errno.ENXIO: N_("the device is gone"),
    errno.EMFILE: N_("too many files are open"),
    errno.EFBIG: N_("the file is too large for this disk"),
    errno.ELOOP: N_("the links of this path lead in a circle"),
    errno.EPIPE: N_("the other side closed the line"),
    errno.ECONNRESET: N_("the other side closed the line"),
    errno.ECONNREFUSED: N_("nothing answers at this address"),
    errno.ETIMEDOUT: N_("no answer came in time"),
    errno.EHOSTUNREACH: N_("there is no way to this address"),
    errno.ENETUNREACH: N_("there is no network"),
    errno.EADDRINUSE: N_("another program has this port"),
    errno.EADDRNOTAVAIL: N_("this machine does not have this address"),
}
_UNKNOWN_NAME: Final = N_("nobody knows this name in the network")
_NOT_UTF8: Final = N_("its letters are not UTF-8")
_NO_NAME: Final = N_("no file can have this name")


def cause_of(error: BaseException) -> str:
    """Return why `error` came, to be a fact of a DeskError: words of ours where we have them, else the system's."""
    if isinstance(error, socket.gaierror):
        return Cause(_UNKNOWN_NAME)
    if isinstance(error, UnicodeError):
        return Cause(_NOT_UTF8)
    if isinstance(error, OSError):
        words = _WORDS.get(error.errno or 0)
        return Cause(words) if words else error.strerror or os.strerror(error.errno or 0)
    if isinstance(error, ValueError):  # a NUL in the name, or a value whose text may hold what somebody typed
        return Cause(_NO_NAME) if "null" in str(error) else type(error).__name__
    return str(error) or type(error).__name__
