"""A real headless Chromium, driven through its DevTools protocol."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from websockets.sync.client import connect

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
PATIENCE = 20.0
"""Seconds that a page may take until something is true."""


class Tab:
    """One page of a browser."""

    def __init__(self, address: str) -> None:
        self.socket = connect(address, max_size=None)
        self.count = 0

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise ConnectionError(answer["error"])
                return dict(answer["result"])

    def go(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def ask(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until an expression is true; returns its value."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.ask(
                f"(() => {{ const found = {script}; return found instanceof Node ? true : found; }})()"
            ):
                return value
            time.sleep(0.05)
        raise AssertionError(
            f"this did not come true: {script}; the page begins {self.ask('document.body.innerText.slice(0, 300)')}"
        )

    def press(self, key: str) -> None:
        code = {"ArrowRight": 39, "ArrowLeft": 37, "b": 66}[key]
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


class Browser:
    """A Chromium process with a profile of its own."""

    def __init__(self, profile: Path, width: int = 1500, height: int = 860) -> None:
        self.process = subprocess.Popen(
            [
                PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-dev-shm-usage",
                f"--window-size={width},{height}", "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
            ],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(r"DevTools listening on ws://([\d.:]+)/", line):
                self.host = found[1]
                break

    def tab(self) -> Tab:
        request = Request(f"http://{self.host}/json/new", method="PUT")
        with urlopen(request) as answer:
            return Tab(json.load(answer)["webSocketDebuggerUrl"])

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
