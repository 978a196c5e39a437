"""A service as an application writes it: the real telemetry module, and spans on demand. service.py SOCKET MODULE"""

import importlib
import os
import signal
import sys
import threading
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "support"))
sys.path.insert(0, os.path.join(here, "plan"))
from burst import burst  # noqa: E402
from lines import Lines  # noqa: E402

telemetry = importlib.import_module(sys.argv[2]).setup_telemetry()

from opentelemetry import trace  # noqa: E402
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter  # noqa: E402
from opentelemetry.sdk.resources import Resource  # noqa: E402
from opentelemetry.sdk.trace import TracerProvider  # noqa: E402
from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: E402
from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: E402

tracer = trace.get_tracer("test")


def span(tracer, name, attributes, kind="SERVER", error=False, milliseconds=0):
    start = time.time_ns()
    made = tracer.start_span(name, kind=SpanKind[kind], attributes=attributes, start_time=start)
    if error:
        made.set_status(Status(StatusCode.ERROR))
    made.end(start + int(milliseconds * 1e6))


def send(spans):
    """Spans of the service, each `count` times."""
    sent = 0
    for one in spans:
        for _ in range(one.pop("count")):
            span(tracer, **one)
            sent += 1
    return sent


def send_untold(spans):
    """Spans that say nothing of where they come from, as an SDK sends them that was told nothing."""
    provider = TracerProvider(resource=Resource({"service.name": os.environ["OTEL_SERVICE_NAME"] + "-untold"}))
    endpoint = os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"]
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True, timeout=10)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    for one in spans:
        for _ in range(one.pop("count")):
            span(provider.get_tracer("test"), **one)
    provider.shutdown()


class Load:
    """One kind of span, at a rate, until it is stopped."""

    def __init__(self):
        self.sent = 0
        self._stop = threading.Event()
        self._thread = None

    def begin(self, one, rate):
        self.sent = 0
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(one, rate))
        self._thread.start()

    def end(self):
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        return self.sent

    def _run(self, one, rate):
        begun = time.monotonic()
        while not self._stop.wait(0.01):
            while self.sent < (time.monotonic() - begun) * rate:
                span(tracer, **one)
                self.sent += 1


lines = Lines(sys.argv[1])
load = Load()


def terminate(*_):
    lines.last_words(load.end())
    sys.exit(0)


signal.signal(signal.SIGTERM, terminate)
lines.answer(
    {
        "send": send,
        "sendUntold": send_untold,
        "burst": burst,
        "begin": load.begin,
        "end": load.end,
        "flush": telemetry.flush,
    }
)
