from __future__ import annotations

import asyncio
import os

from fastapi import FastAPI
from opentelemetry import trace

from shared_telemetry import setup_telemetry

app = FastAPI()
telemetry = setup_telemetry(app, flush_timeout_seconds=float(os.environ.get("FLUSH_TIMEOUT_SECONDS", "5")))

if os.environ.get("STARTUP_SPAN"):
    trace.get_tracer("test").start_span("startup").end()
if os.environ.get("STARTUP_FLUSH"):
    telemetry.flush()


@app.get("/work/{number}")
async def work(number: str) -> str:
    return str(os.getpid())


@app.get("/slow/{port}")
async def slow(port: int) -> str:
    """Answers when the test says so."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    text = (await reader.read(1024)).decode()
    writer.close()
    return text
