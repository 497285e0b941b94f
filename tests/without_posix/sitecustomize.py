"""Takes away from the builder what Windows does not have; Python imports this module by itself where its folder is on
PYTHONPATH.

``os.fork`` is gone for everybody. What else POSIX has is gone for the builder's own modules only, since Python's
standard library needs it here. Source: the notes "Availability: Unix" of the Python library reference.
"""

from __future__ import annotations

import importlib.machinery
import os
import signal
import types

ONLY_POSIX = {
    "os": {
        *(
            "WNOHANG",
            "WEXITSTATUS",
            "WIFEXITED",
            "O_CLOEXEC",
            "O_DIRECTORY",
            "O_NOFOLLOW",
            "O_NONBLOCK",
            "chown",
            "chroot",
            "fchdir",
        ),
        *(
            "fchmod",
            "fchown",
            "fdatasync",
            "forkpty",
            "getegid",
            "geteuid",
            "getgid",
            "getgroups",
            "getloadavg",
            "getpgid",
            "getpgrp",
        ),
        *(
            "getpriority",
            "getsid",
            "getuid",
            "killpg",
            "lchown",
            "lockf",
            "mkfifo",
            "mknod",
            "nice",
            "openpty",
            "pread",
            "pwrite",
        ),
        *(
            "register_at_fork",
            "sched_getaffinity",
            "sched_setaffinity",
            "sendfile",
            "setgid",
            "setpgid",
            "setpriority",
            "setsid",
        ),
        *("setuid", "statvfs", "sync", "sysconf", "ttyname", "uname", "wait", "wait3", "wait4", "waitid"),
    },
    "signal": {name for name in dir(signal) if name.startswith("SIG")}
    - {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
    | {"alarm", "getitimer", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "sigpending", "sigwait"},
}


def kill(process: int, number: int) -> None:
    """Signal 0 asks whether a process is there; on Windows it is Ctrl+C, for all processes of the terminal."""
    assert number, "os.kill(process, 0) presses Ctrl+C on Windows"
    os.kill(process, number)


def open_file(path: object, flags: int, *more: object, **named: object) -> int:
    """Windows opens no folders."""
    if isinstance(path, str | bytes | os.PathLike) and os.path.isdir(path):
        raise PermissionError(13, "Permission denied", str(path))
    return os.open(path, flags, *more, **named)  # type: ignore[call-overload, no-any-return]


def rename(source: str, target: str) -> None:
    """Windows does not rename over a file that is there; os.replace does."""
    if os.path.exists(target):
        raise FileExistsError(17, "File exists", str(target))
    os.rename(source, target)


INSTEAD = {"os": {"kill": kill, "open": open_file, "rename": rename}, "signal": {}}


class WithoutPosix(types.ModuleType):
    """A module as it is on Windows."""

    def __init__(self, module: types.ModuleType) -> None:
        super().__init__(module.__name__)
        self.__dict__["module"] = module

    def __getattr__(self, name: str) -> object:
        module = self.__dict__["module"]
        if name in ONLY_POSIX[module.__name__]:
            raise AttributeError(f"{module.__name__}.{name} is not there on Windows")
        return INSTEAD[module.__name__].get(name) or getattr(module, name)


INSTEAD_OF = {"os": WithoutPosix(os), "signal": WithoutPosix(signal)}


execute = importlib.machinery.SourceFileLoader.exec_module


def exec_module(loader: importlib.machinery.SourceFileLoader, module: types.ModuleType) -> None:
    """Give the builder's modules the poorer ones."""
    execute(loader, module)
    if module.__name__.split(".")[0] == "builder":
        for name, poorer in INSTEAD_OF.items():
            if getattr(module, name, None) is poorer.__dict__["module"]:
                setattr(module, name, poorer)


importlib.machinery.SourceFileLoader.exec_module = exec_module  # type: ignore[method-assign]
for gone in ("fork", "forkpty"):
    if hasattr(os, gone):
        delattr(os, gone)
