"""Sends the traces of an application to the OpenTelemetry Collector by OTLP.

    from shared_telemetry import setup_telemetry

    app = Flask(__name__)
    setup_telemetry(app)

One file, so that it can be copied into an image as well as installed. README.md says what it reads and promises.
"""

from __future__ import annotations

import atexit
import contextlib
import glob
import json
import logging
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from types import FrameType

    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

__all__ = ["DEFAULT_ENDPOINT", "Telemetry", "instrument", "setup_telemetry"]

DEFAULT_ENDPOINT = "http://coralogix-opentelemetry-collector:4317"

_logger = logging.getLogger("shared_telemetry")

# How long SIGTERM waits for spans when the application has a handler of its own: that one decides how the process
# goes on and may have to run soon, and what is not sent yet is sent at exit.
_CHAINED_FLUSH_SECONDS = 0.5

# How long a fork waits at most for an exporter that is being made, which takes some milliseconds.
_FORK_GRACE_SECONDS = 0.5

# How long a helper process may take to start, on a node that has much else to do, and how long it may go on with the
# spans that it has got when the process that it helps has ended.
_HELPER_START_SECONDS = 30.0
_HELPER_LAST_SECONDS = 5.0
_HELPER_KILL_SECONDS = 1.0


@dataclass(frozen=True)
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
    _flush: Callable[[float], bool] = field(default=lambda _: True, repr=False, compare=False)
    _shutdown: Callable[[float], bool] = field(default=lambda _: True, repr=False, compare=False)

    def flush(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended. False if that took too long."""
        return self._flush(self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds)

    def shutdown(self, timeout_seconds: float | None = None) -> bool:
        """Sends the spans that have ended, then stops. False if that took too long and spans may be lost."""
        return self._shutdown(self.flush_timeout_seconds if timeout_seconds is None else timeout_seconds)


_setup_lock = threading.Lock()
_telemetry: Telemetry | None = None


def setup_telemetry(
    app: object | None = None,
    *,
    default_service_name: str | None = None,
    default_endpoint: str = DEFAULT_ENDPOINT,
    flush_timeout_seconds: float = 5.0,
) -> Telemetry:
    """Sets up traces to the collector, once in a process. Never raises, never waits for the collector.

    :param app: a Flask or FastAPI application that is to make a span of each request, see `instrument`
    :param default_service_name: `service.name` when the environment gives none
    :param default_endpoint: where spans go when the environment does not say
    :param flush_timeout_seconds: the longest that the end of the process waits for its spans to be sent
    """
    global _telemetry
    with _setup_lock:
        if _telemetry is None:
            try:
                settings = _read_settings(os.environ, default_service_name, default_endpoint)
                _telemetry = _set_up(settings, flush_timeout_seconds)
            except Exception as error:  # whatever it is, the application goes on without spans
                _say(logging.WARNING, f"no spans are sent: {_describe(error)}")
                _telemetry = Telemetry(False, default_service_name or "", "", "", flush_timeout_seconds)
    if app is not None:
        instrument(app)
    return _telemetry


def instrument(app: object) -> bool:
    """Makes a SERVER span of each request to a Flask or FastAPI application. False, with a warning, if it cannot.

    Coralogix's Service Catalog shows only services that have spans of kind SERVER or CONSUMER.
    """
    if _telemetry is None or not _telemetry.enabled:
        return False
    modules = {cls.__module__.partition(".")[0] for cls in type(app).__mro__}
    for framework, instrument_app in (("flask", _instrument_flask), ("fastapi", _instrument_fastapi)):
        if framework not in modules:
            continue
        try:
            instrument_app(app, _telemetry)
        except Exception as error:  # see setup_telemetry
            package = f"opentelemetry-instrumentation-{framework}"
            _say(logging.WARNING, f"requests make no spans: {_describe(error)}; write pip install {package}")
            return False
        return True
    _say(logging.WARNING, f"requests make no spans: {type(app).__name__} is no Flask or FastAPI application")
    return False


# --- What the environment says ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Settings:
    attributes: dict[str, str]
    endpoint: str
    protocol: str
    insecure: bool
    timeout_seconds: float
    off_because: str
    problems: tuple[str, ...]


def _read_settings(environ: Mapping[str, str], default_service_name: str | None, default_endpoint: str) -> _Settings:
    read = _Reader(environ)
    attributes = _resource_attributes(read, default_service_name)
    protocol = _protocol(read)
    endpoint = _endpoint(read, protocol, default_endpoint)
    return _Settings(
        attributes=attributes,
        endpoint=endpoint,
        protocol=protocol,
        insecure=_insecure(read, endpoint),
        timeout_seconds=_timeout_seconds(read),
        off_because=_off_because(read),
        problems=tuple(dict.fromkeys(read.problems)),
    )


_UNEXPANDED = re.compile(r"\$\([^)]*\)|\$\{[^}]*\}")


class _Reader:
    """The environment, and what is wrong with it. An empty variable counts as unset, as the specification says."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def __call__(self, *names: str) -> str:
        """The first of these variables that has a value."""
        for name in names:
            value = self._expanded(name, self._environ.get(name, "").strip())
            if value:
                return value
        return ""

    def attributes(self) -> dict[str, str]:
        """`OTEL_RESOURCE_ATTRIBUTES`, less what is broken in it."""
        attributes: dict[str, str] = {}
        for pair in self._environ.get("OTEL_RESOURCE_ATTRIBUTES", "").split(","):
            name, separator, value = (unquote(part.strip()) for part in pair.partition("="))
            if name and separator:
                attributes[name] = self._expanded(f"{name} in OTEL_RESOURCE_ATTRIBUTES", value)
            elif pair.strip():
                self.problems.append(f"{pair.strip()!r} in OTEL_RESOURCE_ATTRIBUTES is ignored: write name=value")
        return {name: value for name, value in attributes.items() if value}

    def _expanded(self, name: str, value: str) -> str:
        # The reference as a value would be worse than none: with a k8s.pod.ip that no pod has, the collector
        # does not even look at the address that the span came from.
        reference = _UNEXPANDED.search(value)
        if reference is None:
            return value
        self.problems.append(
            f"{name} is ignored, the kubelet has not expanded {reference.group()}: "
            "write $(NAME) of a variable that the same container declares before"
        )
        return ""


def _resource_attributes(read: _Reader, default_service_name: str | None) -> dict[str, str]:
    attributes = read.attributes()
    name = read("OTEL_SERVICE_NAME") or attributes.get("service.name") or read("SERVICE_NAME") or default_service_name
    if not name:
        name = "unknown_service:python"
        read.problems.append("the service has no name: write OTEL_SERVICE_NAME=<name>")
    attributes["service.name"] = name
    version = attributes.get("service.version") or read("SERVICE_VERSION")
    if version:
        attributes["service.version"] = version
    # The span metrics have the first as a dimension, Coralogix's filter of environments reads the second.
    environment = attributes.get("deployment.environment") or attributes.get("deployment.environment.name")
    if environment:
        attributes.setdefault("deployment.environment", environment)
        attributes.setdefault("deployment.environment.name", environment)
    attributes.setdefault("service.instance.id", _instance_id(read, attributes))
    if set(read("OTEL_EXPERIMENTAL_RESOURCE_DETECTORS").replace(" ", "").split(",")) - {"", "otel"}:
        read.problems.append(
            "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS is ignored, since host.name would be the pod and process.pid a "
            "new set of series at each start: write what is needed into OTEL_RESOURCE_ATTRIBUTES"
        )
    return attributes


# The namespace that the conventions set: https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
_INSTANCE_ID_NAMESPACE = uuid.UUID("4d63009a-8d0f-11ee-aad7-4c796ed8e320")


def _instance_id(read: _Reader, attributes: Mapping[str, str]) -> str:
    """The pod's UID, or an id made of the host's name. A random one would begin new series at each start."""
    pod_uid = attributes.get("k8s.pod.uid") or read("K8S_POD_UID")
    if pod_uid:
        return pod_uid
    names = (attributes.get("k8s.namespace.name", ""), socket.gethostname(), attributes["service.name"])
    return str(uuid.uuid5(_INSTANCE_ID_NAMESPACE, ".".join(names)))


def _off_because(read: _Reader) -> str:
    if read("OTEL_SDK_DISABLED").lower() == "true":
        return "OTEL_SDK_DISABLED is true"
    exporters = read("OTEL_TRACES_EXPORTER") or "otlp"
    if "otlp" in exporters.replace(" ", "").split(","):
        return ""
    if exporters != "none":
        read.problems.append(f"OTEL_TRACES_EXPORTER={exporters} is not supported: write otlp or none")
    return f"OTEL_TRACES_EXPORTER is {exporters}"


def _protocol(read: _Reader) -> str:
    protocol = read("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL") or "grpc"
    if protocol == "http/protobuf":
        try:
            import opentelemetry.exporter.otlp.proto.http.trace_exporter  # noqa: F401
        except ImportError:
            read.problems.append(
                "http/protobuf needs opentelemetry-exporter-otlp-proto-http, which is not installed, so grpc is used: "
                "write OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or pip install it"
            )
            return "grpc"
    elif protocol != "grpc":
        read.problems.append(f"protocol {protocol!r} is not supported: write OTEL_EXPORTER_OTLP_PROTOCOL=grpc")
        return "grpc"
    return protocol


def _endpoint(read: _Reader, protocol: str, default_endpoint: str) -> str:
    # For HTTP the signal's own variable is a whole address and the general one a base.
    suffix = "" if protocol == "grpc" else "/v1/traces"
    fallback = (default_endpoint if protocol == "grpc" else default_endpoint.replace(":4317", ":4318")) + suffix
    own, base = read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), read("OTEL_EXPORTER_OTLP_ENDPOINT")
    endpoint = own or (base and base.rstrip("/") + suffix) or fallback
    try:
        read.problems.extend(_endpoint_problems(endpoint, protocol, default_endpoint))
    except ValueError:  # its text could hold a password
        read.problems.append(f"the endpoint is ignored, it is no address: write {fallback}")
        return fallback
    return endpoint


def _insecure(read: _Reader, endpoint: str) -> bool:
    """Whether to do without TLS. The scheme says so; the variables count only when there is none."""
    scheme = _split(endpoint).scheme
    if scheme in ("http", "https"):
        return scheme == "http"
    return read("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_INSECURE").lower() == "true"


def _timeout_seconds(read: _Reader) -> float:
    """How long the exporter of the SDK tries at most."""
    try:
        return float(read("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT") or 10)
    except ValueError:
        return 10.0  # the exporter refuses it and says so


def _endpoint_problems(endpoint: str, protocol: str, default_endpoint: str) -> list[str]:
    parts = _split(endpoint)
    host, port = parts.hostname or "", parts.port
    write = f"write http://{host or '<collector>'}:{4317 if protocol == 'grpc' else 4318}"
    direct = _direct_export_problem(host, default_endpoint)
    if direct:
        return [direct]
    if not parts.scheme:
        return [
            f"endpoint {host}:{port} has no scheme, so TLS is used unless OTEL_EXPORTER_OTLP_INSECURE=true: {write}"
        ]
    if parts.scheme not in ("http", "https"):
        return [f"scheme {parts.scheme} of the endpoint is neither http nor https: {write}"]
    if port is None:
        return [f"the endpoint has no port: {write}"]
    if port == 4318 and protocol == "grpc":
        return [f"port 4318 speaks http/protobuf and the protocol is grpc: {write}"]
    if port == 4317 and protocol != "grpc":
        return [f"port 4317 speaks grpc and the protocol is {protocol}: {write}"]
    return []


def _direct_export_problem(host: str, default_endpoint: str) -> str:
    if re.search(r"(^|\.)coralogix\w*\.(com|us|in|net)(:\d+)?$", host) is None:
        return ""
    return f"{host} is Coralogix: what skips the collector has no pod and no span metrics: write {default_endpoint}"


def _split(endpoint: str) -> SplitResult:
    # Otherwise the scheme of collector:4317 would be collector.
    return urlsplit(endpoint if "://" in endpoint else f"//{endpoint}")


def _without_credentials(endpoint: str) -> str:
    parts = _split(endpoint)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl().lstrip("/")


# --- The SDK ---------------------------------------------------------------------------------------------------------


def _set_up(settings: _Settings, flush_timeout_seconds: float) -> Telemetry:
    if settings.off_because:
        return _off(settings, settings.off_because, logging.INFO)
    try:
        from opentelemetry import trace
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        new_exporter = _exporter_factory(settings)
    except ImportError as error:
        write = "write pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-grpc"
        return _off(settings, f"{_describe(error)}; {write}", logging.WARNING)

    existing = trace.get_tracer_provider()
    if isinstance(existing, TracerProvider):
        return _join(existing, new_exporter, settings, flush_timeout_seconds)
    if type(existing).__name__ != "ProxyTracerProvider":
        return _off(settings, f"{type(existing).__name__} is set up already and is not the SDK's", logging.WARNING)

    exporter = new_exporter()
    # After the exporter, so that after a fork the exporter is ready when the processor's new thread starts.
    processor = BatchSpanProcessor(cast("SpanExporter", exporter))
    provider = _new_provider(settings)
    provider.add_span_processor(processor)
    trace.set_tracer_provider(provider)
    return _on(settings, flush_timeout_seconds, provider, provider.shutdown, exporter)


def _join(
    provider: TracerProvider,
    new_exporter: Callable[[], _ForkSafeExporter],
    settings: _Settings,
    flush_timeout_seconds: float,
) -> Telemetry:
    """Adds what is missing to a provider that somebody else has set up, such as opentelemetry-instrument."""
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    settings.attributes.update({name: str(value) for name, value in provider.resource.attributes.items()})
    endpoint = _otlp_destination(provider)
    if endpoint is None:
        exporter = new_exporter()
        processor = BatchSpanProcessor(cast("SpanExporter", exporter))
        provider.add_span_processor(processor)
        return _on(settings, flush_timeout_seconds, provider, processor.shutdown, exporter)
    # A second exporter would send each span twice, and the span metrics would count each request twice.
    problem = _direct_export_problem(endpoint, DEFAULT_ENDPOINT)
    theirs = replace(settings, endpoint=endpoint, protocol="", problems=(problem,) if problem else ())
    return _on(theirs, flush_timeout_seconds, provider)


def _on(
    settings: _Settings,
    flush_timeout_seconds: float,
    provider: TracerProvider,
    close: Callable[[], None] | None = None,
    exporter: _ForkSafeExporter | None = None,
) -> Telemetry:
    courier = _Courier()

    def flush(timeout_seconds: float) -> bool:
        return courier.run(provider.force_flush, timeout_seconds)

    def shutdown(timeout_seconds: float) -> bool:
        nonlocal close
        if close is None:  # done already, or up to whoever set the provider up
            return flush(timeout_seconds)
        in_time, close = courier.run(close, timeout_seconds), None
        if exporter is not None:
            exporter.shutdown()  # ends what is still under way
        if not in_time:
            _say(logging.WARNING, f"spans may be lost: they were not sent within {timeout_seconds:g} s")
        return in_time

    telemetry = Telemetry(
        enabled=True,
        service_name=settings.attributes["service.name"],
        service_instance_id=settings.attributes["service.instance.id"],
        endpoint=_without_credentials(settings.endpoint),
        flush_timeout_seconds=flush_timeout_seconds,
        _flush=flush,
        _shutdown=shutdown,
    )
    atexit.register(telemetry.shutdown)
    _flush_on_sigterm(telemetry)
    by = f"by OTLP {settings.protocol}" if settings.protocol else "by the exporter that was there before"
    if exporter is not None and exporter.needs_helper:
        by += f" from a helper process; with {_FORK_SUPPORT}=false it needs none"
    _report(settings, f"spans of {telemetry.service_name} go to {telemetry.endpoint or 'where it says'} {by}")
    return telemetry


def _off(settings: _Settings, reason: str, level: int) -> Telemetry:
    _report(settings, f"no spans of {settings.attributes['service.name']} are sent: {reason}", level)
    return Telemetry(
        enabled=False,
        service_name=settings.attributes["service.name"],
        service_instance_id=settings.attributes["service.instance.id"],
        endpoint=_without_credentials(settings.endpoint),
        flush_timeout_seconds=0.0,
    )


def _new_provider(settings: _Settings) -> TracerProvider:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.version import __version__ as sdk_version

    class PodTracerProvider(TracerProvider):
        """A provider whose resource stays what it is."""

        def _update_resource(self, resource: Resource) -> None:
            """After a fork the SDK would put a random service.instance.id over the one that was set."""

    # Not Resource.create(), for the detectors that it runs, see _resource_attributes and _instance_id.
    sdk = {
        "telemetry.sdk.language": "python",
        "telemetry.sdk.name": "opentelemetry",
        "telemetry.sdk.version": sdk_version,
    }
    # The provider's own handler at exit waits for as long as the exporter does.
    return PodTracerProvider(resource=Resource({**sdk, **settings.attributes}), shutdown_on_exit=False)


def _exporter_factory(settings: _Settings) -> Callable[[], _ForkSafeExporter]:
    if settings.protocol == "http/protobuf":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter

        def new_http_exporter() -> SpanExporter:
            return HttpExporter(endpoint=settings.endpoint)

        return lambda: _ForkSafeExporter(new_http_exporter, new_http_exporter)

    needs_helper = not _grpc_leaves_forks_alone()
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter

    def new_exporter() -> SpanExporter:
        return _indestructible(GrpcExporter(endpoint=settings.endpoint, insecure=settings.insecure))

    def new_helper() -> SpanExporter:
        return cast("SpanExporter", _Helper(settings))

    return lambda: _ForkSafeExporter(new_exporter, new_helper, needs_helper)


def _otlp_destination(provider: TracerProvider) -> str | None:
    """Where the provider sends spans by OTLP already: None if nowhere, empty if that cannot be told."""
    # The SDK has no public way to ask. Whatever a later version hides is taken for an exporter.
    processors = getattr(getattr(provider, "_active_span_processor", None), "_span_processors", None)
    if processors is None:
        return ""
    for processor in processors:
        exporter = getattr(processor, "span_exporter", None)
        if any("OTLP" in cls.__name__ for cls in type(exporter).__mro__):
            return str(getattr(exporter, "_endpoint", ""))
    return None


# --- Forks -----------------------------------------------------------------------------------------------------------

_FORK_SUPPORT = "GRPC_ENABLE_FORK_SUPPORT"


def _grpc_leaves_forks_alone() -> bool:
    """Whether gRPC has no handlers that run when this process forks, and sees to that where it still can.

    They stop gRPC's threads for the time of the fork, and now and then wait for one for good. gRPC decides on them when
    it is imported, and unless it is told otherwise it has them. Where they are wanted, or were there before, somebody
    else has a use for them: then this process is to have no connection that they could wait for.
    """
    if not hasattr(os, "fork"):
        return True
    if "grpc" not in sys.modules and not os.environ.get(_FORK_SUPPORT):
        os.environ[_FORK_SUPPORT] = "false"
    return os.environ.get(_FORK_SUPPORT, "").strip().lower() in ("false", "f", "no", "n", "0")


# The names that gRPC gives to its threads, as far as Linux keeps them.
_GRPC_THREADS = ("event_engine", "grpc_global_tim", "lifeguard")


def _grpc_runs() -> bool:
    """Whether gRPC runs in this process, for the application perhaps. Only Linux says so."""
    for path in glob.iglob("/proc/self/task/*/comm"):
        with contextlib.suppress(OSError), open(path) as name:
            if name.read().strip() in _GRPC_THREADS:
                return True
    return False


def _indestructible(exporter: SpanExporter) -> SpanExporter:
    """Keeps it beyond the end of the interpreter, in forked processes too.

    There its connection would be taken down without the threads that this needs, and belongs to the parent.
    """
    with contextlib.suppress(ImportError):  # Python can be built without
        import ctypes

        ctypes.pythonapi.Py_IncRef(ctypes.py_object(exporter))
    return exporter


class _ForkSafeExporter:
    """Connects when there is something to send, and in a forked process anew.

    gRPC does not work in a process that was forked from one in which it runs: there a helper process has to send.
    """

    def __init__(
        self,
        new_exporter: Callable[[], SpanExporter],
        new_helper: Callable[[], SpanExporter],
        needs_helper: bool = False,
    ) -> None:
        self._new_exporter = new_exporter
        self._new_helper = new_helper
        self.needs_helper = needs_helper
        self._runs_grpc = False
        self._exporter: SpanExporter | None = None
        self._closed = False
        self._broken = False
        self._complained = False
        self._connecting = threading.Lock()
        self._held_for_fork = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=self._before_fork,
                after_in_parent=self._after_fork_in_parent,
                after_in_child=self._after_fork_in_child,
            )

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        from opentelemetry.sdk.trace.export import SpanExportResult

        try:
            exporter = self._connected()
            if exporter is None:
                return SpanExportResult.FAILURE
            result = exporter.export(spans)
        except OSError as error:  # of the helper process, which the next batch starts again
            if not self._closed and not self._complained:
                _say(logging.WARNING, f"spans are lost: {_describe(error)}")
                self._complained = True
            return SpanExportResult.FAILURE
        except ValueError:  # what gRPC raises when its channel is closed between two tries
            if not self._closed:
                raise
            return SpanExportResult.FAILURE
        self._complained = False
        return result

    def _connected(self) -> SpanExporter | None:
        with self._connecting:
            if isinstance(self._exporter, _Helper) and self._exporter.has_ended():
                self._exporter = None
            if self._exporter is None and not self._closed and not self._broken:
                self._runs_grpc = True
                try:
                    self._exporter = self._new_helper() if self.needs_helper else self._new_exporter()
                except OSError:
                    raise
                except Exception as error:  # an OTEL_EXPORTER_OTLP_* variable that the exporter refuses
                    self._broken = True
                    _say(logging.WARNING, f"spans cannot be sent: {_describe(error)}")
            exporter = self._exporter
        if self._closed:
            self._disconnect()
        return exporter

    def _disconnect(self) -> None:
        exporter, self._exporter = self._exporter, None
        if exporter is not None:
            exporter.shutdown()

    def _before_fork(self) -> None:
        # What a helper that is being started has open would stay open in the new process, and keep it waiting.
        if self._connecting.acquire(timeout=_FORK_GRACE_SECONDS):
            self._held_for_fork = True
        self._runs_grpc = self._runs_grpc or _grpc_runs()

    def _after_fork_in_parent(self) -> None:
        if self._held_for_fork:
            self._held_for_fork = False
            self._connecting.release()

    def _after_fork_in_child(self) -> None:
        self._connecting = threading.Lock()
        self._held_for_fork = False
        self.needs_helper = self.needs_helper or self._runs_grpc
        exporter, self._exporter = self._exporter, None
        if isinstance(exporter, _Helper):
            exporter.leave_to_parent()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return True

    def shutdown(self) -> None:
        self._closed = True
        self._disconnect()


# macOS has no such flag. Without it an application that has put SIGPIPE back to its default would die with its helper.
_NO_SIGPIPE: int = getattr(socket, "MSG_NOSIGNAL", 0)
_SENT, _NOT_SENT = b"1", b"0"

_THIS_FILE = os.path.abspath(__file__)


class _Helper:
    """An exporter that sends from another process, which was not forked but started anew, so that gRPC works in it.

    The helper process ends when the only other end of its socket is closed, as also SIGKILL does.
    """

    def __init__(self, settings: _Settings) -> None:
        self._socket, theirs = socket.socketpair()
        # Neither PYTHONPATH nor site: with those of opentelemetry-instrument it would be an application of its own.
        command = [_python(), "-I", "-S", _THIS_FILE]
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, _FORK_SUPPORT: "false"},
                # What a terminal or a supervisor sends to all of the application must not end it too early.
                start_new_session=True,
            )
        self._socket.settimeout(_HELPER_START_SECONDS + settings.timeout_seconds)
        self._greeting = json.dumps([[*map(str, sys.path)], settings.endpoint, settings.insecure]).encode()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
        from opentelemetry.sdk.trace.export import SpanExportResult

        try:
            if self._greeting:
                self._send(self._greeting)
                self._greeting = b""
            self._send(encode_spans(spans).SerializeToString())
            answer = self._socket.recv(1)
        except OSError:
            answer = b""
        if answer == _SENT:
            return SpanExportResult.SUCCESS
        if answer == _NOT_SENT:  # it has said why
            return SpanExportResult.FAILURE
        self.shutdown()
        raise ChildProcessError(f"the helper process {self._process.args!r} has ended or does not answer")

    def _send(self, text: bytes) -> None:
        self._socket.sendall(len(text).to_bytes(4, "big") + text, _NO_SIGPIPE)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def leave_to_parent(self) -> None:
        """In a process that was forked since: the helper process is not its child, and ends with its parent's."""
        self._socket.close()
        self._process.returncode = 0

    def shutdown(self) -> None:
        # Whoever waits for an answer then stops to.
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_HELPER_KILL_SECONDS)

    def __del__(self) -> None:
        # Not before nobody reads from it: what is opened next would have the same number.
        with contextlib.suppress(AttributeError):  # no socket could be made
            self._socket.close()


def _python() -> str:
    """The interpreter. In a server that embeds it, such as uWSGI, sys.executable is the server."""
    if re.match(r"(python|pypy)", os.path.basename(sys.executable or "")):
        return sys.executable
    return os.path.join(sys.exec_prefix, "bin", "python3")


def _help() -> None:
    """What the helper process does: it sends each request that it gets, and answers whether that worked."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(format="shared_telemetry: %(message)s")
    connection = socket.socket(fileno=0)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    sys.path[:], endpoint, insecure = json.loads(_next_frame(connection) or "[[], null, null]")

    def work() -> None:
        send = _sender(endpoint, insecure)
        for request in iter(requests.get, b""):
            with contextlib.suppress(OSError):  # nobody is there any more
                connection.sendall(_SENT if send(request) else _NOT_SENT)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    for request in iter(lambda: _next_frame(connection), b""):
        requests.put(request)
    requests.put(b"")
    worker.join(_HELPER_LAST_SECONDS)
    os._exit(0)  # without taking down what gRPC has, which could take long


def _next_frame(connection: socket.socket) -> bytes:
    """Empty when the other end is closed."""
    with contextlib.suppress(OSError):
        size = int.from_bytes(connection.recv(4, socket.MSG_WAITALL), "big")
        frame = connection.recv(size, socket.MSG_WAITALL)
        if len(frame) == size:
            return frame
    return b""


def _sender(endpoint: str, insecure: bool) -> Callable[[bytes], bool]:
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
        from opentelemetry.sdk.trace.export import SpanExportResult

        class Exporter(OTLPSpanExporter):
            """Sends what has been translated already."""

            def _translate_data(self, data: Any) -> Any:
                return data

            def _count_data(self, data: Any) -> int:
                return 0  # only for metrics of the exporter, which nobody reads here

        exporter = Exporter(endpoint=endpoint, insecure=insecure)
    except Exception as error:
        _say(logging.WARNING, f"spans cannot be sent: {_describe(error)}")
        return lambda _: False

    def send(request: bytes) -> bool:
        try:
            result = exporter.export(cast("Any", ExportTraceServiceRequest.FromString(request)))
        except Exception as error:
            _say(logging.WARNING, f"spans are lost: {_describe(error)}")
            return False
        return result is SpanExportResult.SUCCESS

    return send


# --- The end of the process ------------------------------------------------------------------------------------------


class _Courier:
    """Does what may take long in a thread of its own, so that the caller can stop waiting.

    The thread is there from the start: Python 3.12 starts no thread at exit any more.
    """

    def __init__(self) -> None:
        self._start()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._start)

    def _start(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(self._jobs,), name="shared_telemetry", daemon=True).start()

    @staticmethod
    def _work(jobs: queue.SimpleQueue[Callable[[], None]]) -> None:
        while True:
            jobs.get()()

    def run(self, job: Callable[[], object], timeout_seconds: float) -> bool:
        done = threading.Event()

        def run_job() -> None:
            try:
                job()
            except Exception as error:
                _say(logging.WARNING, f"spans may be lost: {_describe(error)}")
            done.set()

        self._jobs.put(run_job)
        return done.wait(timeout_seconds)


def _flush_on_sigterm(telemetry: Telemetry) -> None:
    if threading.current_thread() is not threading.main_thread():
        return  # Python lets no other thread set a handler
    previous = signal.getsignal(signal.SIGTERM)
    if previous is None or previous == signal.SIG_IGN:
        return

    def on_sigterm(number: int, frame: FrameType | None) -> None:
        if callable(previous):
            telemetry.flush(min(_CHAINED_FLUSH_SECONDS, telemetry.flush_timeout_seconds))
            previous(number, frame)
            return
        signal.signal(number, signal.SIG_DFL)
        telemetry.flush()
        signal.raise_signal(number)
        # Only process 1 of a container gets here, for which the kernel does nothing by default.
        signal.signal(number, on_sigterm)

    signal.signal(signal.SIGTERM, on_sigterm)


# --- Flask and FastAPI -----------------------------------------------------------------------------------------------


def _instrumented(app: object) -> bool:
    """Also true when opentelemetry-instrument has done it. Twice would count each request twice."""
    return bool(getattr(app, "_is_instrumented_by_opentelemetry", False))


def _instrument_flask(app: Any, _: Telemetry) -> None:
    from opentelemetry.instrumentation.flask import FlaskInstrumentor

    if not _instrumented(app):
        instrumentor: Any = FlaskInstrumentor()  # it has no types
        instrumentor.instrument_app(app)


def _instrument_fastapi(app: Any, telemetry: Telemetry) -> None:
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    if not _instrumented(app):
        # A span for each message of a request would triple what is sent, and no view shows it.
        FastAPIInstrumentor.instrument_app(app, exclude_spans=["receive", "send"])
    if app.middleware_stack is None and not any(each.cls is _FlushAfterLifespan for each in app.user_middleware):
        app.add_middleware(_FlushAfterLifespan, telemetry=telemetry)


_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]


class _FlushAfterLifespan:
    """ASGI middleware that flushes after the last request.

    uvicorn ends by a signal that no handler sees, so that nothing runs at exit.
    """

    def __init__(self, app: Callable[[_Message, _Receive, _Send], Awaitable[None]], telemetry: Telemetry) -> None:
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        async def flush_and_send(message: _Message) -> None:
            if message["type"].startswith("lifespan.shutdown."):
                self._telemetry.flush()
            await send(message)

        await self._app(scope, receive, flush_and_send if scope["type"] == "lifespan" else send)


# --- What it says ----------------------------------------------------------------------------------------------------


def _report(settings: _Settings, line: str, level: int = logging.INFO) -> None:
    for problem in settings.problems:
        _say(logging.WARNING, problem)
    _say(level, line)


def _say(level: int, text: str) -> None:
    if _logger.hasHandlers():
        _logger.log(level, text)
    else:
        # Where nobody has set up logging, Python would drop the one line that says where spans go.
        with contextlib.suppress(Exception):
            print(f"shared_telemetry: {text}", file=sys.stderr, flush=True)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    _help()
