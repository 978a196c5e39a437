"""What `opentelemetry-instrument` loads, so that it sets up telemetry as `setup_telemetry` does."""

from __future__ import annotations

import os
from typing import Any

from opentelemetry.instrumentation.distro import BaseDistro

from . import setup_telemetry
from .frameworks import EXCLUDED_SPANS


class Distro(BaseDistro):
    def _configure(self, **_: Any) -> None:
        os.environ.setdefault("OTEL_PYTHON_CONFIGURATOR", "shared_telemetry")

    def load_instrumentor(self, entry_point: Any, **options: Any) -> None:
        more = {"exclude_spans": EXCLUDED_SPANS} if entry_point.name == "fastapi" else {}
        super().load_instrumentor(entry_point, **more, **options)


class Configurator:
    def configure(self, **_: Any) -> None:
        setup_telemetry()
