"""A tracer provider that was there before, as opentelemetry-instrument sets one up."""

from __future__ import annotations

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver

PROVIDER = """
    import os
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ConcurrentMultiSpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SimpleSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "theirs", "service.instance.id": "i-1"}))
    trace.set_tracer_provider(provider)
"""


@pytest.mark.parametrize("processor", ["BatchSpanProcessor", "SimpleSpanProcessor"])
def test_a_provider_that_sends_by_otlp_gets_no_second_exporter(
    launch: Launcher, receiver: Receiver, processor: str
) -> None:
    add = f"    provider.add_span_processor({processor}(OTLPSpanExporter(endpoint='{receiver.endpoint}')))"
    show = "    print(telemetry.enabled, telemetry.service_name, telemetry.service_instance_id, telemetry.endpoint)"
    application = launch.finish(PROVIDER + add + ONE_SPAN + show, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint)
    where = f"127.0.0.1:{receiver.port}"
    assert f"spans of theirs go to {where} by the exporter that was there before" in application.output
    assert f"True theirs i-1 {where}" in application.output
    assert [span.resource["service.name"] for span in receiver.spans] == ["theirs"]


def test_its_spans_are_sent_on_sigterm_too(launch: Launcher, receiver: Receiver) -> None:
    add = f"    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint='{receiver.endpoint}')))"
    kill = "    os.kill(os.getpid(), 15)"
    application = launch.script(PROVIDER + add + ONE_SPAN + kill, OTEL_BSP_SCHEDULE_DELAY="600000")
    assert application.wait() == -15
    assert len(receiver.spans) == 1


def test_a_provider_that_sends_to_coralogix_itself_is_named(launch: Launcher) -> None:
    script = """
    import opentelemetry.sdk.trace.export as export
    class OTLPSpanExporter(export.SpanExporter):
        _endpoint = "ingress.eu2.coralogix.com:443"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    from shared_telemetry import setup_telemetry
    setup_telemetry()
    """
    application = launch.finish(PROVIDER + script)
    assert "ingress.eu2.coralogix.com:443 is Coralogix: what skips the collector has no pod" in application.output
    assert "write http://coralogix-opentelemetry-collector:4317" in application.output


@pytest.mark.parametrize(
    "add", ["", "    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=open(os.devnull, 'w'))))"]
)
def test_a_provider_that_sends_nothing_to_a_collector_gets_an_exporter(
    launch: Launcher, receiver: Receiver, add: str
) -> None:
    application = launch.finish(
        PROVIDER + add + ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, OTEL_SERVICE_NAME="ours"
    )
    assert [span.resource["service.name"] for span in receiver.spans] == ["theirs"]
    assert f"spans of theirs go to {receiver.endpoint} by OTLP grpc" in application.output


def test_a_provider_whose_processors_cannot_be_seen_is_taken_to_have_an_exporter(
    launch: Launcher, receiver: Receiver
) -> None:
    hide = "    provider._active_span_processor = None"
    script = PROVIDER + hide + "\n    from shared_telemetry import setup_telemetry; setup_telemetry()"
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint)
    application.after("spans of theirs go to where it says by the exporter that was there before")


def test_a_provider_that_is_not_of_the_sdk_is_left_alone(launch: Launcher, receiver: Receiver) -> None:
    script = """
    from opentelemetry import trace
    class Vendor(trace.NoOpTracerProvider):
        pass
    trace.set_tracer_provider(Vendor())
    """
    application = launch.finish(script + ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, OTEL_SERVICE_NAME="a")
    assert "no spans of a are sent: Vendor is set up already and is not the SDK's" in application.output
