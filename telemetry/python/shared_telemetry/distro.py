"""What `opentelemetry-instrument` loads, so that it sets up telemetry as `setup_telemetry` does."""

import os
from typing import Any

from opentelemetry.instrumentation.distro import BaseDistro

from . import setup_telemetry
from .frameworks import OPTIONS


class Distro(BaseDistro):
    def _configure(self, **_: Any) -> None:
        os.environ.setdefault("OTEL_PYTHON_CONFIGURATOR", "shared_telemetry")

    def load_instrumentor(self, entry_point: Any, **options: Any) -> None:
        super().load_instrumentor(entry_point, **OPTIONS.get(entry_point.name, {}), **options)


class Configurator:
    def configure(self, **_: Any) -> None:
        setup_telemetry()
