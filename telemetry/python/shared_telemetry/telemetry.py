"""The handle that the application gets, and the ends of a process: at exit, by a signal, of a worker by os._exit."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import signal
import sys
import threading
from dataclasses import dataclass, field
from multiprocessing import process, util
from typing import Any, Callable

from .logs import say

register_at_fork: Any = getattr(os, "register_at_fork", lambda **_: None)  # Windows has no forks


@dataclass(eq=False)
class Telemetry:
    """What `setup_telemetry` has set up."""

    enabled: bool  # whether spans of this process go anywhere
    service_name: str
    service_instance_id: str  # one for all processes of a pod, and the same after a restart
    endpoint: str  # where spans go, without credentials
    flush_timeout_seconds: float  # how long `flush` and `shutdown` wait at most
    _providers: list[Any] = field(default_factory=list, repr=False)
    _exporters: list[Any] = field(default_factory=list, repr=False)

    def flush(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended. False if that took too long."""
        seconds = self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds
        return self._run([provider.force_flush for provider in self._providers], seconds)

    def shutdown(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended, then stops. False if that took too long and spans may be lost."""
        seconds = self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds
        providers, self._providers = self._providers, []
        in_time = self._run([provider.shutdown for provider in providers], seconds)
        for exporter in self._exporters:  # what is still under way
            exporter.shutdown()
        if not in_time:
            say(f"spans may be lost: they were not sent within {seconds:g} s")
        return in_time

    def _run(self, steps: list[Callable[[], object]], seconds: float) -> bool:
        done = threading.Event()
        if steps:
            self._jobs.put((steps, done))
        return not steps or done.wait(seconds)

    def _start_thread(self) -> None:
        self._jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="shared_telemetry", daemon=True).start()

    def _work(self) -> None:
        while True:
            steps, done = self._jobs.get()
            for step in steps:
                try:
                    step()
                except Exception as error:  # noqa: PERF203
                    say(f"spans may be lost: {error!r}")
            done.set()

    def send_at_end(self) -> None:
        # The thread is there from the start, since Python 3.12 starts none at exit any more.
        self._start_thread()
        register_at_fork(after_in_child=self._start_thread)
        atexit.register(self.shutdown)
        self._flush_on_signals()
        # A worker of multiprocessing forgets before its work what its parent was to do at the end, and is asked again.
        util.register_after_fork(self, Telemetry._watch_worker)
        if process.parent_process() is not None:
            self._watch_worker()
        self._watch_celery()
        register_at_fork(after_in_child=self._watch_celery)  # it may have been imported meanwhile

    def _watch_worker(self) -> None:
        util.Finalize(None, self._end_worker, exitpriority=0)

    def _watch_celery(self) -> None:
        signals: Any = sys.modules.get("celery.signals")
        if signals is not None:
            # Celery takes the handlers of signals away from a worker, and may end it by SIGTERM when it stops.
            signals.worker_process_init.connect(self._flush_on_signals, weak=False)
            signals.worker_process_shutdown.connect(self._end_worker, weak=False)

    def _end_worker(self, **_: object) -> None:
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would make Celery end the worker at once
        self.shutdown()

    def _flush_on_signals(self, **_: object) -> None:
        with contextlib.suppress(ValueError):  # Python lets no thread but the main one set a handler
            for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
                self._flush_on(getattr(signal, name, None))

    def _flush_on(self, number: Any) -> None:
        previous = signal.getsignal(number) if number else None
        if previous in (None, signal.SIG_IGN):
            return

        def on_signal(_: int, frame: Any) -> None:
            if callable(previous):  # it may have to run soon, and what is not sent yet is sent at exit
                self.flush(min(0.5, self.flush_timeout_seconds))
                previous(number, frame)
                return
            signal.signal(number, signal.SIG_DFL)
            self.flush()
            signal.raise_signal(number)
            signal.signal(number, on_signal)  # only process 1 of a container is here, for which the kernel does nothing

        signal.signal(number, on_signal)
