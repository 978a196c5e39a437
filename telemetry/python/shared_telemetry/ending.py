"""The ends of a process: at exit, by a signal, and of a worker by os._exit."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from .telemetry import Telemetry

# How long a signal waits for spans when the application has a handler of its own: that one decides how the process
# goes on and may have to run soon, and what is not sent yet is sent at exit.
_CHAINED_FLUSH_SECONDS = 0.5


def send_at_end(telemetry: Telemetry) -> None:
    atexit.register(telemetry.shutdown)
    workers = _Workers(telemetry)
    workers.watch()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=workers.watch)
    _flush_on_signals(telemetry)


class _Workers:
    """Processes of `multiprocessing` and of Celery: they end by os._exit, so that nothing runs at exit."""

    def __init__(self, telemetry: Telemetry) -> None:
        self._telemetry = telemetry
        self._watched: set[str] = set()

    def watch(self) -> None:
        """Watches the libraries that are imported by now: a worker has the one that started it."""
        util, signals = (self._first_time(name) for name in ("multiprocessing.util", "celery.signals"))
        if util is not None:
            # A worker forgets before its work what its parent was to do at the end, and is asked again.
            util.register_after_fork(self, lambda _: util.Finalize(None, self._flush, exitpriority=0))
            if sys.modules["multiprocessing.process"].parent_process() is not None:
                util.Finalize(None, self._flush, exitpriority=0)
        if signals is not None:
            # Celery takes the handlers of signals away from a worker, and may end it by SIGTERM when it stops.
            signals.worker_process_init.connect(self._handle_signals, weak=False)
            signals.worker_process_shutdown.connect(self._flush, weak=False)

    def _first_time(self, name: str) -> Any:
        module = None if name in self._watched else sys.modules.get(name)
        self._watched.update([name] if module else [])
        return module

    def _handle_signals(self, **_: object) -> None:
        _flush_on_signals(self._telemetry)

    def _flush(self, **_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            # The worker is about to end; a second SIGTERM would make Celery end it at once.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if not self._telemetry.flush():
            self._telemetry.report_delay()


def _flush_on_signals(telemetry: Telemetry) -> None:
    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        # Python lets no other thread set a handler.
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            _flush_on(getattr(signal, name), telemetry)


def _flush_on(number: signal.Signals, telemetry: Telemetry) -> None:
    previous = signal.getsignal(number)
    if previous is None or previous == signal.SIG_IGN:
        return

    def on_signal(_: int, frame: FrameType | None) -> None:
        if callable(previous):
            telemetry.flush(min(_CHAINED_FLUSH_SECONDS, telemetry.flush_timeout_seconds))
            previous(number, frame)
            return
        signal.signal(number, signal.SIG_DFL)
        telemetry.flush()
        signal.raise_signal(number)
        # Only process 1 of a container gets here, for which the kernel does nothing by default.
        signal.signal(number, on_signal)

    signal.signal(number, on_signal)
