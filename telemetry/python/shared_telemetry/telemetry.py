"""The handle that the application gets."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from .logs import describe, say

_Steps = list[Callable[[], object]]


@dataclass(eq=False)
class Telemetry:
    """What `setup_telemetry` has set up."""

    enabled: bool
    """Whether spans of this process go anywhere."""
    service_name: str
    """`service.name` of the spans."""
    service_instance_id: str
    """`service.instance.id` of the spans: one for all processes of a pod, and the same after a restart."""
    endpoint: str
    """Where spans go, without credentials."""
    flush_timeout_seconds: float
    """How long `flush` and `shutdown` wait at most."""
    _flushing: _Steps = field(default_factory=list, repr=False)
    _closing: _Steps = field(default_factory=list, repr=False)
    _aborting: _Steps = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        # The thread is there from the start: Python 3.12 starts no thread at exit any more.
        if self.enabled:
            self._start_thread()
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=self._start_thread)

    def flush(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended. False if that took too long."""
        return self._run(self._flushing, timeout_seconds)

    def shutdown(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended, then stops. False if that took too long and spans may be lost."""
        if not self._closing:  # done already, or up to whoever set the provider up
            return self.flush(timeout_seconds)
        steps, self._closing = self._closing, []
        in_time = self._run(steps, timeout_seconds)
        for abort in self._aborting:  # what is still under way
            abort()
        return in_time or self.report_delay(timeout_seconds)

    def report_delay(self, timeout_seconds: float | None = None) -> bool:
        waited = self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds
        say(f"spans may be lost: they were not sent within {waited:g} s")
        return False

    def _run(self, steps: _Steps, timeout_seconds: float | None) -> bool:
        """Takes the steps in a thread of their own, so that the caller can stop waiting."""
        done = threading.Event()

        def run() -> None:
            for step in steps:
                try:
                    step()
                except Exception as error:  # noqa: PERF203
                    say(f"spans may be lost: {describe(error)}")
            done.set()

        if not steps:
            return True
        self._jobs.put(run)
        return done.wait(self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds)

    def _start_thread(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(self._jobs,), name="shared_telemetry", daemon=True).start()

    @staticmethod
    def _work(jobs: queue.SimpleQueue[Callable[[], None]]) -> None:
        while True:
            jobs.get()()
