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

# How long a fork waits for a batch that is being sent. What a thread holds stays locked in the child, where it is not.
_FORK_GRACE_SECONDS = 0.5
# The names that gRPC gives to its threads, as far as Linux keeps them.
_GRPC_THREADS = {"event_engine", "grpc_global_tim", "lifeguard"}


class ForkSafeExporter:
    """Connects when there is something to send, and in a forked process anew.

    gRPC does not work in a process that was forked from one in which it runs: there it sends by HTTP.
    """

    def __init__(self, settings: Settings, signal: str, by_grpc: Any, by_http: Any) -> None:
        whole = settings.protocol == HTTP and signal == "traces"
        url = settings.endpoint if whole else f"{settings.http_endpoint}/v1/{signal}"
        insecure = settings.endpoint.startswith("http:")
        self._connect = {
            GRPC: partial(by_grpc, endpoint=settings.endpoint, insecure=insecure),
            HTTP: partial(by_http, endpoint=url),
        }
        self._settings, self._protocol, self._lost = settings, settings.protocol, 0
        self._grpc_has_run = self._closed = False
        self._renew()
        after = {"after_in_parent": self._after_fork, "after_in_child": self._after_fork_in_child}
        register_at_fork(before=self._before_fork, **after)

    def _renew(self) -> None:
        self._lock, self._grace_seconds = threading.RLock(), _FORK_GRACE_SECONDS
        self._exporter: Any = None

    def export(self, batch: Any, **options: Any) -> Any:
        result: Any = None
        with self._lock:
            self._grace_seconds = _FORK_GRACE_SECONDS
            try:
                if self._exporter is None and not self._closed:
                    self._exporter = self._connect[self._protocol]()
                    # Never destroyed: a forked process has not the threads that taking its connection down needs.
                    ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._exporter))
                result = self._exporter.export(batch, **options)
            except Exception as error:  # such as ValueError of gRPC when its channel is closed between two tries
                if not self._closed:
                    say(f"spans cannot be sent: {error!r}")
        if getattr(result, "name", "") != "SUCCESS" and not self._closed and isinstance(batch, list):
            self._lost, settings = self._lost + len(batch), self._settings
            endpoint = settings.endpoint if self._protocol == settings.protocol else settings.http_endpoint
            say(
                f"{len(batch)} spans are lost, {self._lost} so far: {without_credentials(endpoint)} did not take them "
                f"within {settings.timeout_seconds:g} s: write OTEL_EXPORTER_OTLP_TIMEOUT=<more seconds> to try longer"
            )
        return result

    def _before_fork(self) -> None:
        # A child that connects would wait for a thread of its parent that is at importing one of them.
        import encodings.idna  # noqa: F401

        import requests  # noqa: F401

        self._grpc_has_run = self._grpc_has_run or _grpc_runs()
        if not self._lock.acquire(timeout=self._grace_seconds):
            self._grace_seconds = 0.0  # one fork has waited for this batch

    def _after_fork(self) -> None:
        with contextlib.suppress(RuntimeError):  # the lock is that of a thread which sends
            self._lock.release()

    def _after_fork_in_child(self) -> None:
        self._renew()  # what is there is not closed, since its connection belongs to the parent
        if self._grpc_has_run:
            self._protocol = HTTP
        _detach_locked_pools()

    def force_flush(self, timeout_millis: float = 0) -> bool:
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


def _detach_locked_pools() -> None:
    """Keeps urllib3 from emptying, at the end of a forked process, a pool that a thread of the parent had locked."""
    for finalizer in list(getattr(weakref.finalize, "_registry", ())):
        _, function, arguments, *_ = finalizer.peek() or (None, None, [])
        if getattr(function, "__module__", "").startswith("urllib3.") and arguments[0].mutex.locked():
            finalizer.detach()
