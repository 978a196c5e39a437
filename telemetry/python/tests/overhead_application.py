"""Measures what a span costs with the module and with the plain SDK, both by gRPC to the endpoint of the environment.

Prints the median of the ratios of a round, in which each has its turn: a busy machine slows both. Its own CPU time
counts, of all threads, from the start of a span until its batch has been sent.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import get_tracer_provider

from shared_telemetry import setup_telemetry

ROUNDS, SPANS = 31, 1000


def microseconds_a_span(provider: Any) -> float:
    tracer = provider.get_tracer("test")
    started = time.process_time()
    for number in range(SPANS):
        with tracer.start_as_current_span("work", attributes={"number": number}):
            pass
    provider.force_flush()
    return (time.process_time() - started) * 1e6 / SPANS


plain = TracerProvider()
plain.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
setup_telemetry()
providers: list[Any] = [plain, get_tracer_provider()]
costs: list[list[float]] = [[], []]
for turn in range(ROUNDS + 1):
    for index in (0, 1) if turn % 2 else (1, 0):
        costs[index].append(microseconds_a_span(providers[index]))
rounds = list(zip(*(each[1:] for each in costs)))  # the first warms up
ratio = statistics.median(module / plain for plain, module in rounds)
medians = [statistics.median(each) for each in zip(*rounds)]
print(f"plain {medians[0]:.1f} µs, module {medians[1]:.1f} µs, ratio {ratio:.3f}")
