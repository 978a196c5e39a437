from __future__ import annotations

import os
import socket

from flask import Flask
from opentelemetry import trace

from shared_telemetry import setup_telemetry

app = Flask(__name__)
telemetry = setup_telemetry(app, flush_timeout_seconds=float(os.environ.get("FLUSH_TIMEOUT_SECONDS", "5")))

if os.environ.get("STARTUP_SPAN"):
    trace.get_tracer("test").start_span("startup").end()
if os.environ.get("STARTUP_FLUSH"):
    telemetry.flush()


@app.get("/work/<number>")
def work(number: str) -> str:
    return str(os.getpid())


@app.get("/slow/<int:port>")
def slow(port: int) -> str:
    """Answers when the test says so."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return connection.recv(1024).decode()
