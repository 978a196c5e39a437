"""An exporter for processes that fork."""

import contextlib
import ctypes
import glob
import threading
import weakref
from functools import partial
from pathlib import Path
from typing import Any

from .logs import say
from .settings import GRPC, HTTP, Settings, without_credentials
from .telemetry import register_at_fork

# How long a fork waits for a batch that is being sent.
_GRACE_SECONDS = 0.5
# The names that gRPC gives to its threads, as far as Linux keeps them.
_GRPC_THREADS = {"event_engine", "grpc_global_tim", "lifeguard"}


class ForkSafeExporter:
    """Connects when there is something to send, and in a forked process anew.

    gRPC does not work in a process that was forked from one in which it runs: there it sends by HTTP.
    """

    def __init__(self, settings: Settings, signal: str, by_grpc: Any, by_http: Any) -> None:
        endpoint, whole = settings.endpoint, settings.protocol == HTTP and signal == "traces"
        self._connect = {
            GRPC: partial(by_grpc, endpoint=endpoint, insecure=endpoint.lower().startswith("http:") or None),
            HTTP: partial(by_http, endpoint=endpoint if whole else f"{settings.http_endpoint}/v1/{signal}"),
        }
        self._settings, self._grpc_has_run, self._closed = settings, False, False
        self._renew()
        register_at_fork(before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._renew)

    def _renew(self) -> None:
        # gRPC's own support for forks fails while a thread is at a call, and then the application's calls hang.
        self._lock, self._grace_seconds = threading.RLock(), _GRACE_SECONDS
        self._protocol, self._lost = HTTP if self._grpc_has_run else self._settings.protocol, 0
        self._exporter: Any = None  # in a forked process not closed, since its connection belongs to the parent

    def _before_fork(self) -> None:
        # A child that connects would wait for a thread of its parent that is at importing one of them.
        import encodings.idna  # noqa: F401

        import requests  # noqa: F401

        # gRPC may run for the application alone, which only Linux shows.
        threads = _GRPC_THREADS
        with contextlib.suppress(OSError):  # a thread has ended meanwhile
            threads = {Path(name).read_text().strip() for name in glob.iglob("/proc/self/task/*/comm")}
        self._grpc_has_run = self._grpc_has_run or self._exporter is not None or bool(threads & _GRPC_THREADS)
        if not self._lock.acquire(timeout=self._grace_seconds):
            self._grace_seconds = 0.0  # one fork has waited for this batch

    def _after_fork(self) -> None:
        with contextlib.suppress(RuntimeError):  # the lock is that of a thread which sends
            self._lock.release()

    def export(self, batch: Any, **options: Any) -> Any:
        with self._lock:
            if self._closed:
                return None
            self._grace_seconds = _GRACE_SECONDS
            try:
                if self._exporter is None:
                    self._exporter = self._connect[self._protocol]()
                    # Never destroyed: a forked process has not the threads that taking its connection down needs.
                    ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._exporter))
                result = self._exporter.export(batch, **options)
                reason = "" if result.name == "SUCCESS" else self._reason()
            except Exception as error:
                result, reason = None, repr(error)
        if reason and not self._closed:
            what = "metrics are lost"
            if isinstance(batch, list):
                self._lost += len(batch)
                what = f"{len(batch)} spans are lost, {self._lost} so far"
            say(f"{what}: {reason}")
        return result

    def _reason(self) -> str:
        settings = self._settings
        endpoint = settings.endpoint if self._protocol == settings.protocol else settings.http_endpoint
        write = "write OTEL_EXPORTER_OTLP_TIMEOUT=<more seconds> to try longer"
        return f"{without_credentials(endpoint)} did not take them within {settings.timeout_seconds:g} s: {write}"

    def force_flush(self, timeout_millis: float = 0) -> bool:
        return True

    def shutdown(self, *_: Any, **__: Any) -> None:
        self._closed, exporter, self._exporter = True, self._exporter, None
        if exporter is not None:
            exporter.shutdown()


def _detach_locked_pools() -> None:
    """Keeps urllib3 from emptying, at the end of a forked process, a pool that a thread of the parent had locked."""
    for finalizer in list(getattr(weakref.finalize, "_registry", ())):
        _, function, arguments, *_ = finalizer.peek() or (None, None, [])
        if getattr(function, "__module__", "").startswith("urllib3.") and arguments[0].mutex.locked():
            finalizer.detach()


register_at_fork(after_in_child=_detach_locked_pools)
