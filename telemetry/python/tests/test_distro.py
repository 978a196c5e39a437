"""Telemetry without a line of code: opentelemetry-instrument loads the module by its entry points."""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from applications import Launcher
from receiver import Receiver

INSTRUMENT = str(Path(sys.executable).parent / "opentelemetry-instrument")
ENV = {"OTEL_SERVICE_NAME": "api-gateway", "OTEL_RESOURCE_ATTRIBUTES": "k8s.pod.name=api-0,k8s.pod.uid=u-1"}
LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000"}

REQUEST = """
import signal
from flask import Flask
app = Flask("app")
app.get("/<name>")(lambda name: name)
app.test_client().get("/hello")
print("has answered", flush=True)
"""


@pytest.mark.parametrize(("end", "status"), [("pass", 0), ("signal.raise_signal(15)", -15)])
def test_an_application_without_telemetry_gets_the_resource_the_export_and_the_ending(
    launch: Launcher, receiver: Receiver, end: str, status: int
) -> None:
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, **ENV, **LATE}
    application = launch(INSTRUMENT, sys.executable, "-c", REQUEST + end, **env)
    assert application.wait() == status, application.output
    (span,) = receiver.spans
    assert span.is_server
    assert span.resource["service.name"] == "api-gateway"
    assert span.resource["service.instance.id"] == "u-1"
    assert f"spans of api-gateway go to {receiver.endpoint} by OTLP grpc" in application.output


def test_an_application_that_sets_telemetry_up_itself_sends_each_span_once(
    launch: Launcher, receiver: Receiver
) -> None:
    script = REQUEST.replace("app.get", "from shared_telemetry import setup_telemetry; setup_telemetry(app)\napp.get")
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, **ENV, **LATE}
    application = launch(INSTRUMENT, sys.executable, "-c", script, **env)
    assert application.wait() == 0, application.output
    assert len(receiver.spans) == 1
    assert application.output.count("spans of api-gateway go to") == 1


def test_all_workers_of_a_pod_are_one_instance_also_when_they_are_recycled(
    launch: Launcher, receiver: Receiver
) -> None:
    gunicorn = ["-m", "gunicorn", "plain_app:app", "--bind", "127.0.0.1:0", "--workers", "2", "--no-control-socket"]
    options = ["--preload", "--max-requests", "4", "-c", "python:gunicorn_conf"]
    http = {"SHARED_TELEMETRY_HTTP_ENDPOINT": receiver.http_endpoint}
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, **http, **ENV, **LATE}
    server = launch(INSTRUMENT, sys.executable, *gunicorn, *options, **env)
    address = server.after("Listening at: ").split()[0]
    for _ in range(2):
        server.after("Worker ready: ")

    def get(number: int) -> str:
        with urlopen(f"{address}/work/{number}", timeout=60) as response:
            return str(response.read())

    with ThreadPoolExecutor(2) as pool:
        processes = set(pool.map(get, range(40)))
    server.send(signal.SIGTERM)
    assert server.wait(60) == 0, server.output
    assert len(processes) > 4
    assert len(receiver.spans) == 40
    assert {span.resource["service.instance.id"] for span in receiver.spans} == {"u-1"}
