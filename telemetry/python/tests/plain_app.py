"""A Flask application without a line of telemetry."""

from __future__ import annotations

import os

from flask import Flask

app = Flask(__name__)


@app.get("/work/<number>")
def work(number: str) -> str:
    return str(os.getpid())
