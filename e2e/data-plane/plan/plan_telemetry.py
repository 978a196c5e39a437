"""The plan's own code (shared_telemetry.py, Step 2), as it stands there, behind the name that service.py calls."""

import os

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


class Telemetry:
    def __init__(self, provider):
        self._provider = provider

    def flush(self, timeout_seconds):
        return self._provider.force_flush(int(timeout_seconds * 1000))


def setup_telemetry():
    # Get service metadata
    service_name = os.getenv('SERVICE_NAME', 'dataprime_assistant')
    otel_endpoint = os.getenv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://coralogix-opentelemetry-collector:4317')

    # Create resource with service identity
    resource = Resource.create({
        "service.name": service_name,
        "service.version": os.getenv('SERVICE_VERSION', '1.0.0'),
        "deployment.environment": "production",
    })

    # Setup tracer provider
    provider = TracerProvider(resource=resource)
    trace.set_tracer_provider(provider)

    # Export to local OTel Collector (which forwards to Coralogix)
    otlp_exporter = OTLPSpanExporter(endpoint=otel_endpoint, insecure=True)
    provider.add_span_processor(BatchSpanProcessor(otlp_exporter))

    print(f"Exporting traces to OTel Collector: {otel_endpoint}")
    return Telemetry(provider)
