"""The fork server: a process that has imported what builds need, and forks one process for each book.

Who connects sends a file for what is printed and an order as a line of JSON, and is answered with ``pid N`` and, when
the build has ended, ``status N``. It knows nothing of ours that a book must not see: it was started with an environment
of its own, and what it forks keeps none of its files, takes limits on itself and goes behind walls that stand already.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, NoReturn

import builder
from builder.commands.shelf.limits import end_with_parent, set_limits

BY_NAME = ("builder.commands.cli", "builder.commands.build", "builder.commands.check", "myst_parser.parsers.sphinx_")
"""Modules that builds import and no room of the package does."""
NAMESPACES = {
    "user": 0x10000000, "mnt": 0x00020000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x08000000, "uts": 0x04000000,
}  # fmt: skip
"""Kind of a namespace → its flag (sched.h)."""
CAPABILITIES = 64
"""More than Linux has."""
DROP_FROM_BOUNDING, NO_NEW_PRIVILEGES, AMBIENT, CLEAR_ALL = 24, 38, 47, 4
"""Operations of prctl(2)."""
CAPABILITY_VERSION = 0x20080522
"""Of the structures that capset(2) takes."""


def main(listening: socket.socket) -> None:
    """Import, then fork for each that connects, until who began this process has ended."""
    import_all()
    gc.freeze()
    while 0 not in select.select([0, listening.fileno()], [], [])[0]:
        connection = listening.accept()[0]
        if not os.fork():
            serve(connection, listening)
        connection.close()
        with suppress(ChildProcessError):  # those that have answered
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def import_all() -> None:
    """Import what builds import."""
    from sphinx.application import builtin_extensions

    rooms = [found.name for found in pkgutil.walk_packages(builder.__path__, "builder.")]
    own = [name for name in rooms if not name.startswith(("builder.commands", "builder.__main__"))]
    for name in (*own, *builtin_extensions, *BY_NAME):
        importlib.import_module(name)


def serve(connection: socket.socket, listening: socket.socket) -> NoReturn:
    """Fork once more behind the walls, where a process namespace holds for children only; answer with how the build
    ends, and end as it does. Where who asks has gone, it ends too.
    """
    status = 1
    try:
        end_with_parent()
        listening.close()
        printed = socket.recv_fds(connection, 1, 1)[1][0]
        order = json.loads(connection.makefile("rb").readline())
        take_streams(printed)
        os.setsid()
        set_limits(order["memory"], order["disk"])
        if order["walls"]:
            enter(order["walls"])
        if not (inner := os.fork()):
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            build(order)
        end_with_parent()  # who enters a namespace is asked anew
        answer(connection, "pid", inner)
        ended = os.pidfd_open(inner)
        ready = select.select([connection.fileno(), ended], [], [])[0]
        if connection.fileno() in ready:  # no order comes after one: it is the end of them
            os.kill(inner, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1])
        answer(connection, "status", status)
    except BaseException:
        traceback.print_exc()
        answer(connection, "status", 1)
    finally:
        os._exit(status if status >= 0 else 128 - status)


def answer(connection: socket.socket, word: str, number: int) -> None:
    """Write an answer, if anybody reads it."""
    with suppress(OSError):
        connection.sendall(f"{word} {number}\n".encode())


def take_streams(printed: int) -> None:
    """Have what is printed go to a file that is open, and the input be empty."""
    for here, there in ((os.open(os.devnull, os.O_RDONLY), 0), (printed, 1), (printed, 2)):
        os.dup2(here, there)


def enter(pid: int) -> None:
    """Go where a process is: into those of its namespaces that are not ours.

    Raises:
        OSError: the system does not let us.
    """
    others = (kind for kind in NAMESPACES if namespace("self", kind) != namespace(str(pid), kind))
    checked(ctypes.CDLL(None, use_errno=True).setns(os.pidfd_open(pid), sum(NAMESPACES[kind] for kind in others)))


def namespace(process: str, kind: str) -> str:
    """The name of a namespace of a process."""
    return os.readlink(f"/proc/{process}/ns/{kind}")


def drop_capabilities() -> None:
    """Give up every right of the superuser for good: who enters a user namespace has all of them there, and could take
    the walls down.

    Raises:
        OSError: the system keeps them.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for number in range(CAPABILITIES):
        libc.prctl(DROP_FROM_BOUNDING, number, 0, 0, 0)
    checked(libc.prctl(AMBIENT, CLEAR_ALL, 0, 0, 0))
    checked(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    none = (ctypes.c_uint32 * 6)()
    checked(libc.capset((ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0), none))


def checked(result: int) -> None:
    """Raise the error of the system where a call gave one."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def build(order: dict[str, Any]) -> NoReturn:
    """Run the command ``builder``."""
    status: Any = 1
    try:
        end_with_parent()
        if order["walls"]:
            drop_capabilities()
        os.environ.clear()
        os.environ.update(order["environment"])
        time.tzset()
        os.chdir(order["place"])
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # beside errors, as it came
        sys.argv = ["builder", *order["arguments"]]
        from builder.commands.cli import main as command

        status = command(order["arguments"])
    except SystemExit as error:
        status = error.code
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001  (os._exit leaves them out, and what forked us must not go on)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else bool(status))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
