"""The kernels that execute notebooks: what they say of themselves, and how they end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def quieten_kernels() -> None:
    """Have kernels of Python log errors alone: they warn at each start that they are reached by TCP, on our standard
    error.
    """
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    provisioner: Any = LocalProvisioner
    usual = provisioner.pre_launch

    async def pre_launch(self: Any, **options: Any) -> dict[str, Any]:
        given: dict[str, Any] = await usual(self, **options)
        command = [str(word) for word in given.get("cmd", ())]
        is_python = any("ipykernel" in word for word in command)
        return given | {"cmd": [*command, "--log-level=ERROR"]} if is_python else given

    provisioner.pre_launch = pre_launch


@lru_cache(maxsize=1)
def end_kernels_with_build() -> None:
    """Have an interrupt (Ctrl+C) end the kernel that executes a notebook, and then do what it does elsewhere.

    nbclient only asks the kernel to go, which logs that it was interrupted, and takes the interrupt for itself: the
    notebook failed and was executed again.
    """
    from nbclient import NotebookClient

    client: Any = NotebookClient
    usual = client.async_setup_kernel

    @asynccontextmanager
    async def async_setup_kernel(self: Any, **options: Any) -> AsyncIterator[None]:
        before = signal.getsignal(signal.SIGINT)

        def end() -> None:
            with suppress(AttributeError, OSError):  # no kernel of this machine, or none any more
                self.km.provisioner.process.kill()
            assert callable(before)
            before(signal.SIGINT, None)

        async with usual(self, **options):
            if callable(before):  # interrupts are heeded
                with suppress(RuntimeError, NotImplementedError, ValueError):  # in a thread, or without signals
                    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, end)
            yield
        with suppress(ValueError):
            signal.signal(signal.SIGINT, before)

    client.async_setup_kernel = async_setup_kernel
