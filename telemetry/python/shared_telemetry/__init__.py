"""Sends the traces of an application to the OpenTelemetry Collector. README.md has what it reads and promises."""

from __future__ import annotations

import os
import threading

from .frameworks import instrument_app
from .logs import add_trace_ids, say
from .telemetry import Telemetry

__all__ = ["DEFAULT_ENDPOINT", "Telemetry", "instrument", "setup_telemetry"]

DEFAULT_ENDPOINT = "http://coralogix-opentelemetry-collector:4317"
CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_PACKAGES = "opentelemetry-sdk opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http"
_setup_lock = threading.Lock()
_telemetry: Telemetry | None = None


def setup_telemetry(
    app: object | None = None,
    *,
    default_service_name: str | None = None,
    default_endpoint: str = DEFAULT_ENDPOINT,
    flush_timeout_seconds: float = 5.0,
    capture_content: bool = False,
    log_correlation: bool = False,
    metrics: bool = False,
) -> Telemetry:
    """Sets up traces to the collector, once in a process. Never raises, never waits for the collector.

    :param app: a Flask or FastAPI application, see `instrument`
    :param default_service_name: `service.name` when the environment gives none
    :param default_endpoint: where spans go when the environment does not say
    :param flush_timeout_seconds: the longest that the end of the process waits for its spans to be sent
    :param capture_content: whether spans of AI clients have prompts and answers, which can be personal data
    :param log_correlation: whether log records have the attributes otelTraceID and otelSpanID
    :param metrics: whether the metrics of the application and of its instrumentations are sent too
    """
    global _telemetry
    if capture_content:
        os.environ.setdefault(CONTENT, "true")
    with _setup_lock:
        if _telemetry is None:
            try:
                from .provider import set_up

                _telemetry = set_up(default_service_name or "", default_endpoint, flush_timeout_seconds, metrics)
            except Exception as error:  # whatever it is, the application goes on without spans
                write = f"; write pip install {_PACKAGES}" if isinstance(error, ImportError) else ""
                say(f"no spans are sent: {error!r}{write}")
                _telemetry = Telemetry(False, default_service_name or "", "", "", flush_timeout_seconds)
        if log_correlation and _telemetry.enabled:
            add_trace_ids(_telemetry.service_name)
    if app is not None:
        instrument(app)
    return _telemetry


def instrument(app: object) -> bool:
    """Makes a SERVER span of each request to a Flask or FastAPI application. False, with a warning, if it cannot."""
    return _telemetry is not None and _telemetry.enabled and instrument_app(app, _telemetry.flush)
