"""An OTLP receiver by gRPC and by HTTP, as the collector has both."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Mapping
from concurrent import futures
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
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
    protocol: str

    @property
    def is_server(self) -> bool:
        return self.kind == Span.SPAN_KIND_SERVER


class Receiver(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._spans: list[Received] = []
        self._metrics: list[tuple[str, str, str]] = []
        self._requests = 0
        self._cancelled = 0
        self._open = threading.Event()
        self._open.set()
        self._server: grpc.Server | None = None
        self._http: _Http | None = None
        self.port = 0
        self.http_port = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def http_endpoint(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    def start(self) -> None:
        """Starts, at the port of last time if there was one."""
        self._server = grpc.server(futures.ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
        add_to_server: Any = trace_service_pb2_grpc.add_TraceServiceServicer_to_server  # it has no types
        add_to_server(self, self._server)
        add_metrics_to_server: Any = metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server
        add_metrics_to_server(_MetricsServicer(self), self._server)
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        self._server.start()
        self._http = _Http(self, self.http_port)
        self.http_port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._open.set()
        if self._server is not None:
            self._server.stop(0).wait(10)
            self._server = None
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    def hold(self) -> None:
        """Answers no request until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    @property
    def spans(self) -> list[Received]:
        with self._arrived:
            return list(self._spans)

    @property
    def metrics(self) -> list[tuple[str, str, str]]:
        """Name, `service.name` and protocol of each metric."""
        with self._arrived:
            return list(self._metrics)

    def take_metrics(self, request: Any, protocol: str) -> None:
        with self._arrived:
            self._metrics += [
                (metric.name, _text(group.resource.attributes)["service.name"], protocol)
                for group in request.resource_metrics
                for scope in group.scope_metrics
                for metric in scope.metrics
            ]

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
        metadata = {key: str(value) for key, value in context.invocation_metadata()}
        self.take(request, "grpc", metadata, context.is_active)
        return trace_service_pb2.ExportTraceServiceResponse()

    def take(self, request: Any, protocol: str, metadata: Mapping[str, str], is_active: Callable[[], bool]) -> None:
        with self._arrived:
            self._requests += 1
            self._arrived.notify_all()
        while not self._open.wait(0.05):
            if not is_active():
                with self._arrived:
                    self._cancelled += 1
                    self._arrived.notify_all()
                return
        spans = [
            Received(
                span.name,
                span.kind,
                span.span_id,
                _text(group.resource.attributes),
                _text(span.attributes),
                metadata,
                protocol,
            )
            for group in request.resource_spans
            for scope in group.scope_spans
            for span in scope.spans
        ]
        with self._arrived:
            self._spans += spans
            self._arrived.notify_all()


class _MetricsServicer(metrics_service_pb2_grpc.MetricsServiceServicer):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def Export(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._receiver.take_metrics(request, "grpc")
        return metrics_service_pb2.ExportMetricsServiceResponse()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, receiver: Receiver, port: int) -> None:
        super().__init__(("127.0.0.1", port), _HttpHandler)
        self.receiver = receiver

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # whoever ends between two requests


class _HttpHandler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        metadata = {key.lower(): value for key, value in self.headers.items()}
        if self.path == "/v1/traces":
            request = trace_service_pb2.ExportTraceServiceRequest.FromString(body)
            self.server.receiver.take(request, "http/protobuf", metadata, lambda: True)
        if self.path == "/v1/metrics":
            metrics = metrics_service_pb2.ExportMetricsServiceRequest.FromString(body)
            self.server.receiver.take_metrics(metrics, "http/protobuf")
        self.send_response(200 if self.path in ("/v1/traces", "/v1/metrics") else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _text(attributes: Any) -> dict[str, str]:
    return {each.key: str(getattr(each.value, each.value.WhichOneof("value"))) for each in attributes}
