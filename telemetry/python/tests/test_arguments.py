"""What one argument of setup_telemetry adds: the content of messages, ids in the log, metrics."""

from __future__ import annotations

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver

CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
LIMIT = "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"
METRIC = """
    from opentelemetry import metrics
    metrics.get_meter("test").create_counter("orders").add(1)
"""


@pytest.mark.parametrize(
    ("argument", "env", "captured", "attributes"),
    [
        ("", {}, None, 128),
        ("capture_content=True", {}, "true", 300),
        ("capture_content=False", {CONTENT: "true"}, "true", 300),
        ("", {CONTENT: "SPAN_ONLY"}, "SPAN_ONLY", 300),
        ("capture_content=True", {CONTENT: "false"}, "false", 128),
        ("capture_content=True", {LIMIT: "200"}, "true", 200),
        ("", {"OTEL_ATTRIBUTE_COUNT_LIMIT": "256"}, None, 256),
    ],
)
def test_content_is_off_unless_asked_for_and_then_a_span_keeps_its_attributes(
    launch: Launcher,
    receiver: Receiver,
    argument: str,
    env: dict[str, str],
    captured: str | None,
    attributes: int,
) -> None:
    script = f"""
    import os
    from opentelemetry import trace
    from shared_telemetry import setup_telemetry
    setup_telemetry({argument})
    trace.get_tracer("test").start_span("chat", attributes={{f"a{{i}}": i for i in range(300)}}).end()
    print("captured", os.environ.get("{CONTENT}"))
    """
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a", **env)
    (span,) = receiver.wait_for_spans(1)
    assert len(span.attributes) == attributes
    assert f"captured {captured}\n" in application.output


@pytest.mark.parametrize("configured", [False, True], ids=["plain", "configured"])
def test_log_records_have_the_ids_of_the_span_when_asked_for(
    launch: Launcher, receiver: Receiver, configured: bool
) -> None:
    script = f"""
    import logging, threading
    from opentelemetry import trace
    from shared_telemetry import setup_telemetry
    if {configured}:
        logging.basicConfig(format="%(message)s %(otelTraceID)s %(otelSpanID)s %(otelServiceName)s")
    setup_telemetry(log_correlation=True)
    with trace.get_tracer("test").start_as_current_span("work") as span:
        logging.warning("inside")
        print("ids", format(span.get_span_context().trace_id, "032x"), format(span.get_span_context().span_id, "016x"))
    logging.warning("outside")
    """
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a")
    trace_id, span_id = application.output.partition("ids ")[2].split()[:2]
    inside, outside = (
        [f"inside {trace_id} {span_id} a", "outside 0 0 a"]
        if configured
        else [f"[trace_id={trace_id} span_id={span_id}] inside", "[trace_id=0 span_id=0] outside"]
    )
    assert inside in application.output
    assert outside in application.output


def test_log_records_are_left_alone_when_not_asked_for(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import logging
    record = logging.getLogger("a").makeRecord("a", 20, "", 0, "text", (), None)
    print("changed", hasattr(record, "otelTraceID"))
    """
    application = launch.finish(ONE_SPAN + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a")
    assert "changed False" in application.output


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])
def test_metrics_are_sent_at_the_end_when_asked_for(launch: Launcher, receiver: Receiver, protocol: str) -> None:
    env = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint if protocol == "grpc" else receiver.http_endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL": protocol,
        "SERVICE_NAME": "a",
    }
    launch.finish(ONE_SPAN.replace("setup_telemetry()", "setup_telemetry(metrics=True)") + METRIC, **env)
    assert receiver.metrics == [("orders", "a", protocol)]
    assert len(receiver.spans) == 1


def test_metrics_of_a_forked_process_are_sent_by_http(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import os, sys
    telemetry.flush()
    if os.fork() == 0:
        metrics.get_meter("test").create_counter("child_orders").add(1)
        sys.exit(0)
    print("child ended with", os.wait()[1])
    os._exit(0)
    """
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, "SERVICE_NAME": "a"}
    with_metrics = ONE_SPAN.replace("setup_telemetry()", "setup_telemetry(metrics=True)") + METRIC
    application = launch.finish(with_metrics + script, SHARED_TELEMETRY_HTTP_ENDPOINT=receiver.http_endpoint, **env)
    assert "child ended with 0" in application.output
    assert ("child_orders", "a", "http/protobuf") in receiver.metrics


def test_metrics_are_not_sent_when_not_asked_for(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN + METRIC, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a")
    assert receiver.metrics == []


def test_metrics_that_nobody_takes_do_not_hold_up_spans_at_the_end(
    launch: Launcher, receiver: Receiver, silent_port: int
) -> None:
    script = ONE_SPAN.replace("setup_telemetry()", "setup_telemetry(metrics=True, flush_timeout_seconds=2)") + METRIC
    # Spans go by HTTP to the receiver, metrics to a port that never answers.
    env = {
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"{receiver.http_endpoint}/v1/traces",
        "SHARED_TELEMETRY_HTTP_ENDPOINT": f"http://127.0.0.1:{silent_port}",
        "OTEL_BSP_SCHEDULE_DELAY": "600000",
    }
    launch.finish(script, **env)
    assert len(receiver.spans) == 1
