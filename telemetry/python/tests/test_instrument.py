"""Spans of requests, which are what the Service Catalog shows."""

from __future__ import annotations

import pytest

from applications import Launcher
from receiver import Receiver

FLASK = """
    from flask import Flask
    from shared_telemetry import instrument, setup_telemetry

    app = Flask("app")
    app.get("/<name>")(lambda name: name)
"""


def test_a_request_to_a_flask_application_makes_one_server_span(launch: Launcher, receiver: Receiver) -> None:
    script = """
    setup_telemetry(app)
    print("again", instrument(app))
    app.test_client().get("/hello")
    """
    application = launch.finish(FLASK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint)
    assert "again True" in application.output
    (span,) = receiver.spans
    assert span.is_server
    assert span.attributes["http.method"] == "GET"


def test_an_application_that_is_made_later_can_be_instrumented_later(launch: Launcher, receiver: Receiver) -> None:
    script = "    setup_telemetry(); setup_telemetry(app); app.test_client().get('/hello')"
    launch.finish(FLASK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint)
    assert [span.is_server for span in receiver.spans] == [True]


def test_without_setup_nothing_is_instrumented(launch: Launcher) -> None:
    assert "instrumented False" in launch.finish(FLASK + "    print('instrumented', instrument(app))").output


@pytest.mark.parametrize("framework", ["flask", "fastapi"])
def test_a_missing_instrumentation_is_named_and_the_application_goes_on(launch: Launcher, framework: str) -> None:
    make = {
        "flask": "from flask import Flask; app = Flask('app')",
        "fastapi": "from fastapi import FastAPI; app = FastAPI()",
    }
    script = f"""
    import sys
    sys.modules["opentelemetry.instrumentation.{framework}"] = None
    {make[framework]}
    from shared_telemetry import setup_telemetry
    print("enabled", setup_telemetry(app).enabled)
    """
    application = launch.finish(script, SERVICE_NAME="a", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")
    assert "enabled True" in application.output
    assert f"write pip install opentelemetry-instrumentation-{framework}" in application.output


def test_an_application_of_another_kind_is_named(launch: Launcher) -> None:
    script = "    from shared_telemetry import setup_telemetry; setup_telemetry([])"
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")
    assert "requests make no spans: list is no Flask or FastAPI application" in application.output
