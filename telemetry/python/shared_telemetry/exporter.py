"""An exporter for processes that fork."""

from __future__ import annotations

import contextlib
import encodings.idna  # noqa: F401, a child would wait for a thread of its parent that is at importing it to connect
import glob
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .logs import describe, say
from .settings import HTTP, Settings, without_credentials

# How long a fork waits for a batch that is being sent. What a thread holds stays locked in the child, where it is not.
_FORK_GRACE_SECONDS = 0.5
# The names that gRPC gives to its threads, as far as Linux keeps them.
_GRPC_THREADS = {"event_engine", "grpc_global_tim", "lifeguard"}


class ForkSafeExporter:
    """Connects when there is something to send, and in a forked process anew.

    gRPC does not work in a process that was forked from one in which it runs: there it sends by HTTP.
    """

    def __init__(self, settings: Settings, new_exporter: Callable[[str], Any], failure: object) -> None:
        self._settings, self._new_exporter, self._failure = settings, new_exporter, failure
        self._protocol, self._grpc_has_run = settings.protocol, False
        self._exporter: Any = None
        self._closed, self._lost = False, 0
        self._renew_lock()
        if hasattr(os, "register_at_fork"):
            after = {"after_in_parent": self._after_fork, "after_in_child": self._after_fork_in_child}
            os.register_at_fork(before=self._before_fork, **after)

    def _renew_lock(self) -> None:
        self._lock, self._grace_seconds, self._forking_thread = threading.Lock(), _FORK_GRACE_SECONDS, 0

    def export(self, batch: Any, **options: Any) -> Any:
        with self._lock:
            self._grace_seconds = _FORK_GRACE_SECONDS
            try:
                if self._exporter is None and not self._closed:
                    self._exporter = _never_destroyed(self._new_exporter(self._protocol))
                result = self._failure if self._closed else self._exporter.export(batch, **options)
            except Exception as error:
                # gRPC raises ValueError when its channel is closed between two tries.
                if not self._closed:
                    say(f"spans cannot be sent: {describe(error)}")
                return self._failure
        if result is self._failure and not self._closed and hasattr(batch, "__len__"):
            self._report_loss(len(batch))
        return result

    def _report_loss(self, spans: int) -> None:
        self._lost += spans
        by_grpc, settings = self._protocol == self._settings.protocol, self._settings
        say(
            f"{spans} spans are lost, {self._lost} so far: "
            f"{without_credentials(settings.endpoint if by_grpc else settings.http_endpoint)} did not take them within "
            f"{settings.timeout_seconds:g} s: write OTEL_EXPORTER_OTLP_TIMEOUT=<more seconds> to try longer"
        )

    def _before_fork(self) -> None:
        self._grpc_has_run = self._grpc_has_run or _grpc_runs()
        if self._lock.acquire(timeout=self._grace_seconds):
            self._forking_thread = threading.get_ident()
        else:
            self._grace_seconds = 0.0  # one fork has waited for this batch

    def _after_fork(self) -> None:
        if self._forking_thread == threading.get_ident():
            self._forking_thread = 0
            self._lock.release()

    def _after_fork_in_child(self) -> None:
        self._renew_lock()
        self._exporter = None  # not closed, since its connection belongs to the parent
        if self._grpc_has_run:
            self._protocol = HTTP
        _detach_locked_pools()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return True

    def shutdown(self, *_: Any, **__: Any) -> None:
        self._closed, exporter, self._exporter = True, self._exporter, None
        if exporter is not None:
            exporter.shutdown()


def _grpc_runs() -> bool:
    """Whether gRPC runs in this process, for the application perhaps. Only Linux says so."""
    with contextlib.suppress(OSError):
        return any(Path(name).read_text().strip() in _GRPC_THREADS for name in glob.iglob("/proc/self/task/*/comm"))
    return True  # a thread has ended meanwhile


def _never_destroyed(exporter: Any) -> Any:
    """Keeps it beyond the end of the interpreter, in forked processes too.

    In those its connection would be taken down without the threads that this needs.
    """
    with contextlib.suppress(ImportError):  # Python can be built without
        import ctypes

        ctypes.pythonapi.Py_IncRef(ctypes.py_object(exporter))
    return exporter


def _detach_locked_pools() -> None:
    """Keeps urllib3 from emptying, at the end of a forked process, a pool that a thread of the parent had locked."""
    for finalizer in list(getattr(weakref.finalize, "_registry", ())):
        _, function, arguments, *_ = finalizer.peek() or (None, None, [])
        if getattr(function, "__module__", "").startswith("urllib3.") and arguments[0].mutex.locked():
            finalizer.detach()
