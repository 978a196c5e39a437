"""Where spans go, as the OTEL_* variables say it, and what is said when that cannot be right."""

from __future__ import annotations

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver

# Sets up, and ends before anything is sent.
SETUP = """
    import os
    from shared_telemetry import setup_telemetry

    telemetry = setup_telemetry()
    print("enabled", telemetry.enabled)
    print("endpoint", telemetry.endpoint)
"""


def test_spans_go_to_the_collector_of_the_plan_unless_told_otherwise(launch: Launcher) -> None:
    application = launch.finish(SETUP, SERVICE_NAME="api-gateway")
    assert "spans of api-gateway go to http://coralogix-opentelemetry-collector:4317 by OTLP grpc" in application.output
    assert "endpoint http://coralogix-opentelemetry-collector:4317\n" in application.output


def test_the_endpoint_of_the_signal_wins_over_the_general_one(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(
        ONE_SPAN,
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1",
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=receiver.endpoint,
    )
    receiver.wait_for_spans(1)


def test_headers_are_sent_and_never_shown(launch: Launcher, receiver: Receiver) -> None:
    application = launch.finish(
        ONE_SPAN,
        OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint,
        OTEL_EXPORTER_OTLP_HEADERS="x-tenant=blue,authorization=Bearer%20hush",
    )
    (span,) = receiver.wait_for_spans(1)
    assert span.metadata["x-tenant"] == "blue"
    assert span.metadata["authorization"] == "Bearer hush"
    assert "hush" not in application.output
    assert "blue" not in application.output


@pytest.mark.parametrize(
    "endpoint", ["http://user:hush@127.0.0.1:1/?key=hush", "http://user:hu/sh@127.0.0.1:1", "hush@a:1"]
)
def test_credentials_in_an_endpoint_are_never_shown(launch: Launcher, endpoint: str) -> None:
    application = launch.finish(SETUP + "    print(telemetry)", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)
    assert "hu" not in application.output.replace("ignored, it is no address", "")


@pytest.mark.parametrize(
    ("scheme", "env"),
    [
        ("http://", {"OTEL_EXPORTER_OTLP_INSECURE": "false"}),
        ("", {"OTEL_EXPORTER_OTLP_INSECURE": "true"}),
        ("", {"OTEL_EXPORTER_OTLP_INSECURE": "false", "OTEL_EXPORTER_OTLP_TRACES_INSECURE": "true"}),
    ],
)
def test_the_scheme_says_whether_to_use_tls_and_without_one_the_variable(
    launch: Launcher, receiver: Receiver, scheme: str, env: dict[str, str]
) -> None:
    launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=f"{scheme}127.0.0.1:{receiver.port}", **env)
    receiver.wait_for_spans(1)


@pytest.mark.parametrize(
    ("env", "warning"),
    [
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"},
            "port 4318 speaks http/protobuf and the protocol is grpc: write http://collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"},
            "port 4317 speaks grpc and the protocol is http/protobuf: write http://collector:4318",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4317"},
            "endpoint collector:4317 has no scheme, so TLS is used unless OTEL_EXPORTER_OTLP_INSECURE=true: "
            "write http://collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "grpc://collector:4317"},
            "scheme grpc of the endpoint is neither http nor https: write http://collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector"},
            "the endpoint has no port: write http://collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://[collector:4317"},
            "the endpoint is ignored, it is no address: write http://coralogix-opentelemetry-collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://$(HOST_IP):4317"},
            "OTEL_EXPORTER_OTLP_ENDPOINT is ignored, the kubelet has not expanded $(HOST_IP): "
            "write $(NAME) of a variable that the same container declares before",
        ),
        (
            {
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4317",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "https://ingress.eu2.coralogix.com:443",
            },
            "ingress.eu2.coralogix.com is Coralogix: what skips the collector has no pod and no span metrics: "
            "write http://coralogix-opentelemetry-collector:4317",
        ),
        (
            {"OTEL_EXPORTER_OTLP_PROTOCOL": "http/json"},
            "protocol 'http/json' is not supported, so http/protobuf is used: "
            "write OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        ),
    ],
)
def test_what_cannot_be_right_is_named_once_with_the_text_to_write(
    launch: Launcher, env: dict[str, str], warning: str
) -> None:
    setup = "    import logging; logging.basicConfig(format='%(levelname)s %(name)s %(message)s')" + SETUP
    application = launch.finish(setup, SERVICE_NAME="a", **env)
    assert application.output.count("WARNING") == 1
    assert f"WARNING shared_telemetry {warning}\n" in application.output


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://coralogix-opentelemetry-collector:4317",
        "http://coralogix-opentelemetry.coralogix.svc.cluster.local:4317",
        "http://coralogix-opentelemetry.coralogix.svc:4317",
        "https://collector.example.com:4317",
    ],
)
def test_a_good_endpoint_raises_no_warning(launch: Launcher, endpoint: str) -> None:
    setup = "    import logging; logging.basicConfig(format='%(levelname)s %(message)s')" + SETUP
    application = launch.finish(setup, SERVICE_NAME="a", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)
    assert "WARNING" not in application.output


@pytest.mark.parametrize(
    ("env", "reason"),
    [
        ({"OTEL_SDK_DISABLED": "true"}, "OTEL_SDK_DISABLED is true"),
        ({"OTEL_TRACES_EXPORTER": "none"}, "OTEL_TRACES_EXPORTER is none"),
        (
            {"OTEL_TRACES_EXPORTER": "zipkin"},
            "OTEL_TRACES_EXPORTER=zipkin is not supported: write otlp, console, both or none",
        ),
    ],
)
def test_telemetry_that_is_switched_off_sends_nothing_and_says_why(
    launch: Launcher, receiver: Receiver, env: dict[str, str], reason: str
) -> None:
    script = ONE_SPAN + "    print(telemetry.enabled, telemetry.flush(), telemetry.shutdown())"
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a", **env)
    assert "False True True" in application.output
    assert "no spans of a are sent: " in application.output
    assert reason in application.output
    assert receiver.spans == []


def test_the_sampler_is_the_one_of_the_environment(launch: Launcher, receiver: Receiver) -> None:
    env = {"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint}
    launch.finish(ONE_SPAN, OTEL_TRACES_SAMPLER_ARG="0", **env)
    assert receiver.spans == []
    launch.finish(ONE_SPAN, OTEL_TRACES_SAMPLER_ARG="1", **env)
    receiver.wait_for_spans(1)


@pytest.mark.parametrize("env", [{"OTEL_BSP_SCHEDULE_DELAY": "50"}, {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "1"}])
def test_the_batches_are_those_of_the_environment(launch: Launcher, receiver: Receiver, env: dict[str, str]) -> None:
    late = {"OTEL_BSP_SCHEDULE_DELAY": "600000", **env}
    application = launch.script(
        ONE_SPAN + "    import signal; signal.pause()", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **late
    )
    receiver.wait_for_spans(1)
    application.kill()


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])
@pytest.mark.parametrize(
    ("env", "warning"),
    [
        ({"TIMEOUT": "10s"}, "OTEL_EXPORTER_OTLP_TIMEOUT=10s is ignored, it is no number of seconds"),
        ({"TRACES_TIMEOUT": "-1"}, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=-1 is ignored, it is no number of seconds"),
        ({"COMPRESSION": "snappy"}, "OTEL_EXPORTER_OTLP_COMPRESSION=snappy is ignored, the exporters do not have it"),
        ({"TRACES_COMPRESSION": "none"}, None),
        ({"COMPRESSION": "gzip"}, None),
        (
            {"CERTIFICATE": "/missing/ca.crt"},
            "OTEL_EXPORTER_OTLP_CERTIFICATE is /missing/ca.crt, which cannot be read: write the path",
        ),
    ],
)
def test_a_setting_of_the_exporter_that_is_wrong_is_named_at_start_and_costs_no_span(
    launch: Launcher, receiver: Receiver, protocol: str, env: dict[str, str], warning: str | None
) -> None:
    endpoint = receiver.endpoint if protocol == "grpc" else receiver.http_endpoint
    application = launch.finish(
        ONE_SPAN,
        SERVICE_NAME="a",
        OTEL_EXPORTER_OTLP_ENDPOINT=endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL=protocol,
        **{f"OTEL_EXPORTER_OTLP_{name}": value for name, value in env.items()},
    )
    receiver.wait_for_spans(1)
    first, *rest = application.output.splitlines()
    assert (warning or "spans of a go to") in first
    assert len(rest) == (1 if warning else 0), application.output


def test_http_json_is_sent_as_http_protobuf(launch: Launcher, receiver: Receiver) -> None:
    env = {"OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.http_endpoint}
    application = launch.finish(ONE_SPAN, **env)
    (span,) = receiver.wait_for_spans(1)
    assert span.protocol == "http/protobuf"
    assert "protocol 'http/json' is not supported, so http/protobuf is used" in application.output


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])
def test_spans_that_no_collector_takes_are_counted_with_the_variable_to_write(
    launch: Launcher, closed_port: int, protocol: str
) -> None:
    application = launch.finish(
        ONE_SPAN + "    trace.get_tracer('test').start_span('second').end(); telemetry.flush(20)",
        SERVICE_NAME="a",
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{closed_port}",
        OTEL_EXPORTER_OTLP_PROTOCOL=protocol,
        OTEL_EXPORTER_OTLP_TIMEOUT="0.5",
        OTEL_BSP_SCHEDULE_DELAY="600000",
    )
    assert f"2 spans are lost, 2 so far: http://127.0.0.1:{closed_port}" in application.output
    assert "did not take them within 0.5 s: write OTEL_EXPORTER_OTLP_TIMEOUT=<more seconds>" in application.output


@pytest.mark.parametrize("exporters", ["console", "console,otlp", "otlp, console"])
def test_spans_are_printed_when_the_exporter_is_the_console(
    launch: Launcher, receiver: Receiver, exporters: str
) -> None:
    env = {"OTEL_TRACES_EXPORTER": exporters, "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, "SERVICE_NAME": "a"}
    application = launch.finish(ONE_SPAN, **env)
    assert application.output.count('"name": "work"') == 1
    assert len(receiver.spans) == ("otlp" in exporters)
    assert "the console" in application.output


@pytest.mark.parametrize("variable", ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])
def test_http_is_used_when_asked_for(launch: Launcher, receiver: Receiver, variable: str) -> None:
    path = "" if variable == "OTEL_EXPORTER_OTLP_ENDPOINT" else "/v1/traces"
    launch.finish(
        ONE_SPAN, OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf", **{variable: f"{receiver.http_endpoint}{path}"}
    )
    (span,) = receiver.wait_for_spans(1)
    assert (span.name, span.protocol) == ("work", "http/protobuf")


@pytest.mark.parametrize("configured", ["logging.INFO", "logging.WARNING", None])
def test_the_line_that_says_where_spans_go_obeys_logging_and_is_there_without(
    launch: Launcher, configured: str | None
) -> None:
    configure = f"    import logging; logging.basicConfig(level={configured})" if configured else ""
    application = launch.finish(configure + SETUP, SERVICE_NAME="a")
    line = "spans of a go to http://coralogix-opentelemetry-collector:4317 by OTLP grpc"
    assert application.output.count("\n") == (2 if configured == "logging.WARNING" else 3)
    expected = {"logging.INFO": f"INFO:shared_telemetry:{line}\n", None: f"shared_telemetry: {line}\n"}
    if configured in expected:
        assert expected[configured] in application.output
