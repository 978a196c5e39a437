"""Spans of the requests to Flask and FastAPI applications."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .logs import describe, say

# A span for each message of a request would triple what is sent, and no view shows it.
EXCLUDED_SPANS: list[Any] = ["receive", "send"]


def instrument_app(app: Any, flush: Callable[[], object]) -> bool:
    modules = {cls.__module__.partition(".")[0] for cls in type(app).__mro__}
    framework = next((name for name in ("flask", "fastapi") if name in modules), None)
    if framework is None:
        say(f"requests make no spans: {type(app).__name__} is no Flask or FastAPI application")
        return False
    # Twice would count each request twice: opentelemetry-instrument may have done it.
    done = getattr(app, "_is_instrumented_by_opentelemetry", False)
    try:
        if framework == "flask" and not done:
            from opentelemetry.instrumentation.flask import FlaskInstrumentor

            instrumentor: Any = FlaskInstrumentor()  # it has no types
            instrumentor.instrument_app(app)
        elif framework == "fastapi":
            from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

            if not done:
                FastAPIInstrumentor.instrument_app(app, exclude_spans=EXCLUDED_SPANS)
            added = any(each.cls is _FlushAfterLifespan for each in app.user_middleware)
            if app.middleware_stack is None and not added:
                app.add_middleware(_FlushAfterLifespan, flush=flush)
    except Exception as error:
        package = f"opentelemetry-instrumentation-{framework}"
        say(f"requests make no spans: {describe(error)}; write pip install {package}")
        return False
    return True


class _FlushAfterLifespan:
    """ASGI middleware that flushes after the last request, since uvicorn ends by a signal that no handler sees."""

    def __init__(self, app: Any, flush: Callable[[], object]) -> None:
        self._app, self._flush = app, flush

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def flush_and_send(message: Any) -> None:
            if message["type"].startswith("lifespan.shutdown."):
                self._flush()
            await send(message)

        await self._app(scope, receive, flush_and_send if scope["type"] == "lifespan" else send)
