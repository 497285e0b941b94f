"""Limits that a process sets on itself: `python limits.py MEMORY DISK PROGRAM ARGUMENT…`, in bytes, sets them and then
becomes another program.

It is run by path and imports nothing of the package, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Set the limits and become the program."""
    memory, disk, *command = sys.argv[1:]
    if sys.platform == "win32":  # what watches from outside is all there is
        import subprocess

        sys.exit(subprocess.call(command))
    set_limits(int(memory), int(disk))
    end_with_parent()
    os.execvp(command[0], command)


def set_limits(memory: int, disk: int) -> None:
    """Set how much memory this process may take and how large a file it may write, in bytes; what it begins inherits
    both. Where the system knows no such limits, as Windows, none are set.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (disk, disk))
    if hasattr(resource, "RLIMIT_DATA"):
        resource.setrlimit(resource.RLIMIT_DATA, (2 * memory, 2 * memory))
    # Where memory ends, the system ends this process before all others (proc(5)).
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def end_with_parent() -> None:
    """Have the system kill this process when the one that began it ends (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)


if __name__ == "__main__":
    main()
