"""An OTLP gRPC receiver, as the collector has one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent import futures
from dataclasses import dataclass
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(frozen=True)
class Received:
    name: str
    kind: int
    span_id: bytes
    resource: Mapping[str, str]
    attributes: Mapping[str, str]
    metadata: Mapping[str, str]

    @property
    def is_server(self) -> bool:
        return self.kind == Span.SPAN_KIND_SERVER


class Receiver(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._spans: list[Received] = []
        self._requests = 0
        self._cancelled = 0
        self._open = threading.Event()
        self._open.set()
        self._server: grpc.Server | None = None
        self.port = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts, at the port of last time if there was one."""
        self._server = grpc.server(futures.ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
        add_to_server: Any = trace_service_pb2_grpc.add_TraceServiceServicer_to_server  # it has no types
        add_to_server(self, self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        self._server.start()

    def stop(self) -> None:
        self._open.set()
        if self._server is not None:
            self._server.stop(0).wait(10)
            self._server = None

    def hold(self) -> None:
        """Answers no request until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    @property
    def spans(self) -> list[Received]:
        with self._arrived:
            return list(self._spans)

    def wait_for_spans(self, count: int, where: Callable[[Received], bool] = lambda _: True) -> list[Received]:
        """The spans for which `where` holds, once there are `count` of them. Fails after 20 s."""

        def found() -> list[Received]:
            return [span for span in self._spans if where(span)]

        with self._arrived:
            if not self._arrived.wait_for(lambda: len(found()) >= count, timeout=20):
                raise AssertionError(f"{len(found())} of {count} spans arrived, of all: {self._spans}")
            return found()

    def wait_for_requests(self, count: int) -> None:
        with self._arrived:
            arrived = self._arrived.wait_for(lambda: self._requests >= count, timeout=20)
            assert arrived, f"{self._requests} of {count} requests arrived"

    @property
    def cancelled(self) -> int:
        """How many requests their senders gave up."""
        with self._arrived:
            return self._cancelled

    def Export(self, request: Any, context: grpc.ServicerContext) -> Any:
        with self._arrived:
            self._requests += 1
            self._arrived.notify_all()
        while not self._open.wait(0.05):
            if not context.is_active():
                with self._arrived:
                    self._cancelled += 1
                    self._arrived.notify_all()
                return trace_service_pb2.ExportTraceServiceResponse()
        metadata = {key: str(value) for key, value in context.invocation_metadata()}
        spans = [
            Received(
                span.name, span.kind, span.span_id, _text(group.resource.attributes), _text(span.attributes), metadata
            )
            for group in request.resource_spans
            for scope in group.scope_spans
            for span in scope.spans
        ]
        with self._arrived:
            self._spans += spans
            self._arrived.notify_all()
        return trace_service_pb2.ExportTraceServiceResponse()


def _text(attributes: Any) -> dict[str, str]:
    return {each.key: str(getattr(each.value, each.value.WhichOneof("value"))) for each in attributes}
