"""The providers of the SDK, with the exporters that the settings ask for."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import threading
from typing import Any

from .ending import send_at_end
from .exporter import ForkSafeExporter
from .logs import describe, say
from .settings import GRPC, HTTP, Settings, direct_export_problem, without_credentials
from .telemetry import Telemetry

_HTTP_PACKAGE = "opentelemetry-exporter-otlp-proto-http"


def set_up(settings: Settings, flush_timeout_seconds: float, metrics: bool) -> Telemetry:
    if settings.off_because:
        return _off(settings, settings.off_because, logging.INFO)
    try:
        from opentelemetry import trace
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import SpanExportResult

        classes = _exporter_classes(settings, "trace_exporter", "OTLPSpanExporter")
    except ImportError as error:
        write = "write pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-grpc"
        return _off(settings, f"{describe(error)}; {write}")

    provider: Any = trace.get_tracer_provider()
    ours = type(provider).__name__ == "ProxyTracerProvider"
    if not ours and not isinstance(provider, TracerProvider):
        return _off(settings, f"{type(provider).__name__} is set up already and is not the SDK's")
    destination = None
    if not ours:
        settings.attributes.update({name: str(value) for name, value in provider.resource.attributes.items()})
        destination = _otlp_destination(provider)
    if destination is not None:
        # A second exporter would send each span twice, and the span metrics would count each request twice.
        settings.endpoint, settings.problems = destination, [direct_export_problem(destination)]
        where = f"{without_credentials(destination) or 'where it says'} by the exporter that was there before"
        return _on(settings, flush_timeout_seconds, where, provider)

    exporter = ForkSafeExporter(settings, _new_exporter(settings, classes, "traces"), SpanExportResult.FAILURE)
    if ours:
        provider = _new_tracer_provider(settings)
    processors = _processors(settings, exporter)
    for processor in processors:
        provider.add_span_processor(processor)
    if ours:
        trace.set_tracer_provider(provider)
    otlp = f"{without_credentials(settings.endpoint)} by OTLP {settings.protocol}"
    to = [each for name, each in (("otlp", otlp), ("console", "the console")) if name in settings.exporters]
    telemetry = _on(settings, flush_timeout_seconds, " and to ".join(to), provider)
    telemetry._closing += [provider.shutdown] if ours else [processor.shutdown for processor in processors]
    telemetry._aborting.append(exporter.shutdown)
    if metrics:
        _add_metrics(settings, telemetry)
    return telemetry


def _exporter_classes(settings: Settings, module: str, name: str) -> dict[str, Any]:
    """The exporters that are installed, by protocol.

    They are imported now, since a forked process would wait for an import that a thread of its parent was at.
    """
    classes: dict[str, Any] = {}
    for protocol, package in ((HTTP, "http"), (GRPC, "grpc")):
        with contextlib.suppress(ImportError):
            exporters = importlib.import_module(f"opentelemetry.exporter.otlp.proto.{package}.{module}")
            classes[protocol] = getattr(exporters, name)
    if HTTP not in classes and settings.protocol == HTTP:
        settings.protocol = GRPC
        settings.problems.append(f"grpc is used instead of http/protobuf: write pip install {_HTTP_PACKAGE}")
    elif HTTP not in classes:
        settings.problems.append(f"forked processes will lose their spans: write pip install {_HTTP_PACKAGE}")
    if settings.protocol not in classes:
        raise ImportError("opentelemetry.exporter.otlp.proto.grpc is not installed")
    return classes


def _new_exporter(settings: Settings, classes: dict[str, Any], signal: str) -> Any:
    def new_exporter(protocol: str) -> Any:
        if protocol == GRPC:
            return classes[GRPC](endpoint=settings.endpoint, insecure=settings.insecure)
        own = signal == "traces" and settings.protocol == HTTP
        return classes[HTTP](endpoint=settings.endpoint if own else f"{settings.http_endpoint}/v1/{signal}")

    return new_exporter


def _new_tracer_provider(settings: Settings) -> Any:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import SpanLimits, TracerProvider

    class PodTracerProvider(TracerProvider):
        """A provider whose resource stays what it is."""

        def _update_resource(self, resource: Resource) -> None:
            """After a fork the SDK would put a random service.instance.id over the one that was set."""

    # The provider's own handler at exit waits for as long as the exporter does.
    limits = SpanLimits(max_span_attributes=settings.attribute_limit)
    return PodTracerProvider(resource=_resource(settings), shutdown_on_exit=False, span_limits=limits)


def _resource(settings: Settings) -> Any:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.version import __version__ as sdk_version

    # Not Resource.create(), for the detectors that it runs.
    sdk = {"language": "python", "name": "opentelemetry", "version": sdk_version}
    return Resource({**{f"telemetry.sdk.{name}": value for name, value in sdk.items()}, **settings.attributes})


def _processors(settings: Settings, exporter: Any) -> list[Any]:
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SimpleSpanProcessor

    console = [SimpleSpanProcessor(ConsoleSpanExporter())] if "console" in settings.exporters else []
    # After the exporter, so that after a fork the exporter is ready when the processor's new thread starts.
    return [*console, BatchSpanProcessor(exporter)] if "otlp" in settings.exporters else [*console]


def _add_metrics(settings: Settings, telemetry: Telemetry) -> None:
    from opentelemetry import metrics
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import MetricExportResult, PeriodicExportingMetricReader

    classes = _exporter_classes(settings, "metric_exporter", "OTLPMetricExporter")
    new_exporter = _new_exporter(settings, classes, "metrics")
    exporter: Any = ForkSafeExporter(settings, new_exporter, MetricExportResult.FAILURE)
    from_variables = new_exporter(HTTP)  # it opens no connection
    exporter._preferred_temporality = from_variables._preferred_temporality
    exporter._preferred_aggregation = from_variables._preferred_aggregation
    reader = PeriodicExportingMetricReader(exporter)
    if hasattr(os, "register_at_fork"):
        # A thread of the parent may have held it, and the SDK renews only the thread.
        os.register_at_fork(after_in_child=lambda: setattr(reader, "_export_lock", threading.Lock()))
    provider = MeterProvider([reader], resource=_resource(settings), shutdown_on_exit=False)
    metrics.set_meter_provider(provider)
    telemetry._flushing.append(provider.force_flush)
    telemetry._closing.append(provider.shutdown)
    telemetry._aborting.append(exporter.shutdown)


def _otlp_destination(provider: Any) -> str | None:
    """Where the provider sends spans by OTLP already: None if nowhere, empty if that cannot be told."""
    # The SDK has no public way to ask. Whatever a later version hides is taken for an exporter.
    processors = getattr(getattr(provider, "_active_span_processor", None), "_span_processors", None)
    if processors is None:
        return ""
    exporters = [getattr(processor, "span_exporter", None) for processor in processors]
    otlp = (each for each in exporters if any("OTLP" in cls.__name__ for cls in type(each).__mro__))
    return next((str(getattr(each, "_endpoint", "")) for each in otlp), None)


def _on(settings: Settings, flush_timeout_seconds: float, where: str, provider: Any) -> Telemetry:
    name, instance_id = settings.attributes["service.name"], settings.attributes["service.instance.id"]
    endpoint = without_credentials(settings.endpoint)
    telemetry = Telemetry(True, name, instance_id, endpoint, flush_timeout_seconds, [provider.force_flush])
    send_at_end(telemetry)
    _report(settings, f"spans of {name} go to {where}", logging.INFO)
    return telemetry


def _off(settings: Settings, reason: str, level: int = logging.WARNING) -> Telemetry:
    name, instance_id = settings.attributes["service.name"], settings.attributes["service.instance.id"]
    _report(settings, f"no spans of {name} are sent: {reason}", level)
    return Telemetry(False, name, instance_id, without_credentials(settings.endpoint), 0.0)


def _report(settings: Settings, line: str, level: int) -> None:
    for problem in dict.fromkeys(filter(None, settings.problems)):
        say(problem)
    say(line, level)
