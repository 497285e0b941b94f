"""A program that has the machine that it runs on reach itself, and becomes another: where ``unshare`` gives a network
of its own, its loopback is down, and kernels of notebooks are asked through it.

It is run by its path, with the other program and its arguments.
"""

import os
import socket
import struct
import sys

try:
    import fcntl
except ImportError:  # a system without `unshare` does not run this
    sys.exit("loopback: this system has no fcntl")

SET_FLAGS = 0x8914
"""SIOCSIFFLAGS of netdevice(7)."""
UP = 1
"""IFF_UP."""

if __name__ == "__main__":
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
    os.execvp(sys.argv[1], sys.argv[1:])
