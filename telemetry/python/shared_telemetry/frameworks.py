"""Spans of the requests to Flask and FastAPI applications."""

import contextlib
import importlib
from collections.abc import AsyncIterator
from typing import Any, Callable

from .logs import say

_INSTRUMENTORS = {"flask": "FlaskInstrumentor", "fastapi": "FastAPIInstrumentor"}
# A span for each message of a request would triple what is sent, and no view shows it.
OPTIONS: dict[str, dict[str, Any]] = {"flask": {}, "fastapi": {"exclude_spans": ["receive", "send"]}}


def instrument_app(app: Any, flush: Callable[[], object]) -> bool:
    modules = [cls.__module__.partition(".")[0] for cls in type(app).__mro__]
    framework = next((name for name in modules if name in _INSTRUMENTORS), "")
    if not framework:
        say(f"requests make no spans: {type(app).__name__} is no Flask or FastAPI application")
        return False
    try:
        if framework == "fastapi":
            _flush_at_end_of_lifespan(app.router, flush)
        # Twice would count each request twice: opentelemetry-instrument may have done it.
        if not getattr(app, "_is_instrumented_by_opentelemetry", False):
            module = importlib.import_module(f"opentelemetry.instrumentation.{framework}")
            getattr(module, _INSTRUMENTORS[framework])().instrument_app(app, **OPTIONS[framework])
    except Exception as error:
        say(f"requests make no spans: {error!r}; write pip install opentelemetry-instrumentation-{framework}")
        return False
    return True


def _flush_at_end_of_lifespan(router: Any, flush: Callable[[], object]) -> None:
    """Flushes after the last request, since uvicorn ends by a signal that no handler sees."""
    inner = router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        async with inner(app) as state:
            yield state
        flush()

    router.lifespan_context = lifespan
