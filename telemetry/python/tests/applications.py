"""Runs applications as processes of their own, since a process has one tracer provider for its whole life."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

MODULE_FOLDER = Path(__file__).parent.parent
TESTS_FOLDER = Path(__file__).parent

# Ends one span, which leaves the process at exit at the latest.
ONE_SPAN = """
    from opentelemetry import trace
    from shared_telemetry import setup_telemetry

    telemetry = setup_telemetry()
    trace.get_tracer("test").start_span("work").end()
"""


class Application:
    """A running process and the lines that it has printed."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
        path = os.pathsep.join([str(MODULE_FOLDER), str(TESTS_FOLDER)])
        self._process = subprocess.Popen(
            command,
            # Its own group, so that gunicorn's workers end with it.
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**base, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **env},
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._seen: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def output(self) -> str:
        return "".join(self._seen)

    def after(self, mark: str, seconds: float = 20) -> str:
        """What follows the mark in the next line that has it, once it is there."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {mark!r} within {seconds} s, but:\n{self.output}") from None
            if line is None:
                raise AssertionError(f"ended without {mark!r}, but with:\n{self.output}")
            if mark in line:
                return line.partition(mark)[2].strip()

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def wait(self, seconds: float = 20) -> int:
        """The exit status, once it has one: negative if a signal ended it."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"has not ended within {seconds} s:\n{self.output}") from None
        self._reader.join(10)
        return status

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        self._reader.join(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._seen.append(line)
            self._lines.put(line)
        self._lines.put(None)


def children(pid: int) -> set[int]:
    """The processes that this one has started."""
    return {int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()}


class Ending:
    """The end of a process that somebody else has started."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def __enter__(self) -> Ending:
        self._descriptor = os.pidfd_open(self._pid)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def wait(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        assert poll.poll(seconds * 1000), f"process {self._pid} has not ended within {seconds} s"


class Launcher:
    def __init__(self) -> None:
        self._applications: list[Application] = []

    def __call__(self, *command: str, **env: str) -> Application:
        application = Application([sys.executable, *command], env)
        self._applications.append(application)
        return application

    def script(self, text: str, **env: str) -> Application:
        return self("-c", textwrap.dedent(text), **env)

    def finish(self, text: str, **env: str) -> Application:
        """Runs a script to its end, which must be a good one."""
        application = self.script(text, **env)
        status = application.wait()
        assert status == 0, application.output
        return application

    def close(self) -> None:
        for application in self._applications:
            application.kill()
