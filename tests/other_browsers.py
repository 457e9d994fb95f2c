"""Firefox and WebKit, as a machine has them, driven by WebDriver's commands.

Firefox takes them through its Marionette port, where geckodriver too would pass them on, which
Debian lacks; WebKitGTK through WebKitWebDriver, in a window that Xvfb shows to nobody. Playwright
drives only Chromium as it is installed: of these two it needs builds of its own.
"""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager

import pytest

from browser import PATIENCE, do_without


class Driven:
    """A browser with one page; `send` takes a WebDriver command, its path, and what it is about."""

    def __init__(self, send):
        self._send = send

    def go(self, url):
        """Open an explorer in a window that becomes wider while it loads."""
        self._resize(1024)
        self._send("Navigate", "url", {"url": url})
        self._resize(1280)
        self.until("innerWidth > 1200 && document.documentElement.dataset.ready === ''")

    def _resize(self, width):
        self._send("SetWindowRect", "window/rect", {"x": 0, "y": 0, "width": width, "height": 800})

    def run(self, script):
        return self._send("ExecuteScript", "execute/sync", {"script": script, "args": []})

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not self.run(f"return {condition}"):
            if time.monotonic() > end:
                pytest.fail(f"never true: {condition}")
            time.sleep(0.05)

    def texts(self, parts):
        return self.run(
            f"return [...document.querySelectorAll({parts!r})].map((it) => it.innerText)"
        )

    def drag(self, part, *places):
        """Press the mouse on a part of the page, and move it: places are shares of its sides."""
        left, top, width, height = self.run(f"""
            const part = document.querySelector({part!r});
            part.scrollIntoView({{ block: 'center' }});
            const {{ left, top, width, height }} = part.getBoundingClientRect();
            return [left, top, width, height];""")
        moves = [
            {"type": "pointerMove", "x": round(left + x * width), "y": round(top + y * height)}
            for x, y in places
        ]
        down, up = ({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))
        steps = [moves[0], down, *moves[1:], up]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self._send("PerformActions", "actions", {"actions": [mouse]})

    def click(self, part):
        self.drag(part, (0.5, 0.5))


@contextmanager
def firefox(folder):
    """Yield Firefox, with a profile in a folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    program = program or do_without("no Firefox on the PATH")
    (folder / "user.js").write_text('user_pref("marionette.port", 0);\n')  # any that is free
    arguments = ("--headless", "--no-remote", "--marionette", "--profile", folder)
    with started(program, *arguments, HOME=folder):
        port = int(appeared(folder / "MarionetteActivePort"))
        with (
            socket.create_connection(("127.0.0.1", port), PATIENCE) as line,
            line.makefile("rb") as answers,
        ):

            def read():
                length = b"".join(iter(lambda: answers.read(1), b":"))
                return json.loads(answers.read(int(length)))

            def send(name, _, about):
                message = json.dumps([0, 1, f"WebDriver:{name}", about]).encode()
                line.sendall(b"%d:%s" % (len(message), message))
                _, _, error, result = read()
                assert error is None, error
                return result.get("value")

            read()  # its greeting
            send("NewSession", "", {})
            yield Driven(send)


@contextmanager
def webkit(folder):
    """Yield WebKitGTK's MiniBrowser."""
    for name in ("WebKitWebDriver", "Xvfb"):
        if not shutil.which(name):
            do_without(f"no {name} on the PATH")
    port = free_port()
    path = f"http://127.0.0.1:{port}/session"

    def post(url, about):
        request = urllib.request.Request(url, json.dumps(about).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]

    with (
        hidden_display() as display,
        started("WebKitWebDriver", f"--port={port}", DISPLAY=display, HOME=folder),
    ):
        wait_for(port)
        session = post(path, {"capabilities": {}})["sessionId"]
        try:
            yield Driven(lambda _, part, about: post(f"{path}/{session}/{part}", about))
        finally:
            end = urllib.request.Request(f"{path}/{session}", method="DELETE")
            urllib.request.urlopen(end, timeout=PATIENCE).close()


@contextmanager
def hidden_display():
    """Yield the name of a display that nobody sees."""
    reading, writing = os.pipe()
    shown = ("-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp")
    with os.fdopen(reading) as number, started("Xvfb", *shown, pass_fds=[writing]):
        os.close(writing)
        yield f":{number.readline().strip()}"


@contextmanager
def started(*command, pass_fds=(), **variables):
    """Run a program for as long as it is needed."""
    program = subprocess.Popen(
        command,
        env=os.environ | {name: str(value) for name, value in variables.items()},
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        program.terminate()
        program.wait(PATIENCE)


def appeared(path):
    """Return the text of a file, once there is one."""
    end = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < end, f"no {path}"
        time.sleep(0.05)
    return path.read_text()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(port):
    """Wait until a port takes connections."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < end, f"nothing listens on port {port}"
            time.sleep(0.05)
