"""The providers of the SDK, with the exporters that the settings ask for."""

import logging
import threading
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcSpanExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SimpleSpanProcessor

from .exporter import ForkSafeExporter
from .logs import say
from .settings import Settings, direct_export_problem, without_credentials
from .telemetry import Telemetry, register_at_fork


def set_up(default_name: str, default_endpoint: str, flush_timeout_seconds: float, with_metrics: bool) -> Telemetry:
    settings = Settings(default_name, default_endpoint)
    provider: Any = trace.get_tracer_provider()
    ours = isinstance(provider, trace.ProxyTracerProvider)
    if not ours:
        _adopt(settings, provider)
    name, instance_id = settings.attributes["service.name"], settings.attributes["service.instance.id"]
    endpoint, off_because = without_credentials(settings.endpoint), settings.off_because
    telemetry = Telemetry(not off_because, name, instance_id, endpoint, flush_timeout_seconds)
    for problem in dict.fromkeys(filter(None, settings.problems)):
        say(problem)
    if off_because:
        by_variable = off_because.startswith("OTEL_")
        say(f"no spans of {name} are sent: {off_because}", logging.INFO if by_variable else logging.WARNING)
        return telemetry
    if ours:
        limits = SpanLimits(max_span_attributes=settings.attribute_limit)
        # The provider's own handler at exit waits for as long as the exporter does.
        provider = TracerProvider(resource=Resource(settings.attributes), shutdown_on_exit=False, span_limits=limits)
        provider._update_resource = lambda _: None  # after a fork it would put a random service.instance.id there
    to = []
    if "console" in settings.exporters:
        provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter()))
        to.append("the console")
    if "otlp" in settings.exporters:
        exporter: Any = ForkSafeExporter(settings, "traces", GrpcSpanExporter, HttpSpanExporter)
        # After the exporter, so that after a fork the exporter is ready when the processor's new thread starts.
        provider.add_span_processor(BatchSpanProcessor(exporter))
        telemetry._exporters.append(exporter)
        to.append(f"{endpoint} by OTLP {settings.protocol}")
    if ours:
        trace.set_tracer_provider(provider)
    telemetry._providers.append(provider)
    if with_metrics and to:
        _export_metrics(settings, telemetry)
    telemetry.send_at_end()
    where = " and to ".join(to) or f"{endpoint or 'where it says'} by the exporter that was there before"
    say(f"spans of {name} go to {where}", logging.INFO)
    return telemetry


def _adopt(settings: Settings, provider: Any) -> None:
    """Leaves a provider that was there before as it is. A second exporter by OTLP would count each span twice."""
    if not isinstance(provider, TracerProvider):
        settings.off_because = f"{type(provider).__name__} is set up already and is not the SDK's"
        return
    settings.attributes.update({name: str(value) for name, value in provider.resource.attributes.items()})
    # The SDK has no public way to ask. Whatever a later version hides is taken for an exporter.
    processors = getattr(getattr(provider, "_active_span_processor", None), "_span_processors", None)
    exporters = [getattr(processor, "span_exporter", None) for processor in processors or ()]
    otlp = [each for each in exporters if any("OTLP" in cls.__name__ for cls in type(each).__mro__)]
    if otlp or processors is None:
        settings.exporters = set()
        settings.endpoint = next((str(getattr(each, "_endpoint", "")) for each in otlp), "")
        settings.problems = [direct_export_problem(settings.endpoint)]


def _export_metrics(settings: Settings, telemetry: Telemetry) -> None:
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter as GrpcMetricExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as HttpMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    exporter: Any = ForkSafeExporter(settings, "metrics", GrpcMetricExporter, HttpMetricExporter)
    variables = HttpMetricExporter()  # for what it reads, it opens no connection
    exporter._preferred_temporality = variables._preferred_temporality
    exporter._preferred_aggregation = variables._preferred_aggregation
    reader = PeriodicExportingMetricReader(exporter)
    # A thread of the parent may have held it, and the SDK renews only the thread.
    register_at_fork(after_in_child=lambda: setattr(reader, "_export_lock", threading.Lock()))
    provider = MeterProvider([reader], resource=Resource(settings.attributes), shutdown_on_exit=False)
    metrics.set_meter_provider(provider)
    telemetry._providers.append(provider)
    telemetry._exporters.append(exporter)
