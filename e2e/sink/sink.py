"""A stand-in for the OTLP gRPC ingress of Coralogix: sink.py SOCKET PORT KEY"""

import os
import sys
import time
from concurrent import futures

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2_grpc as metrics_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as traces
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as traces_grpc

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from lines import Lines  # noqa: E402
from store import MetricStore, SpanStore  # noqa: E402


class Door:
    """What every call passes: the key, and as long a wait as is asked for."""

    def __init__(self, key):
        self.key = key
        self.delay = 0.0
        self.admitted = 0
        self.unauthenticated = 0

    def enter(self, context):
        if dict(context.invocation_metadata()).get("authorization") != f"Bearer {self.key}":
            self.unauthenticated += 1
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "invalid private key")
        self.admitted += 1
        if self.delay:
            time.sleep(self.delay)

    def behave(self, key=None, delay=None):
        self.key = self.key if key is None else key
        self.delay = self.delay if delay is None else delay

    def visits(self):
        return {"admitted": self.admitted, "unauthenticated": self.unauthenticated}


class TraceIngress(traces_grpc.TraceServiceServicer):
    def __init__(self, door, store):
        self.door = door
        self.store = store

    def Export(self, request, context):
        self.door.enter(context)
        self.store.add(request)
        return traces.ExportTraceServiceResponse()


class MetricIngress(metrics_grpc.MetricsServiceServicer):
    def __init__(self, door, store):
        self.door = door
        self.store = store

    def Export(self, request, context):
        self.door.enter(context)
        self.store.add(request)
        return metrics.ExportMetricsServiceResponse()


def main(path, port, key):
    door, spans, series = Door(key), SpanStore(), MetricStore()
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=64), options=[("grpc.max_receive_message_length", 64 * 2**20)]
    )
    traces_grpc.add_TraceServiceServicer_to_server(TraceIngress(door, spans), server)
    metrics_grpc.add_MetricsServiceServicer_to_server(MetricIngress(door, series), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    Lines(path).answer(
        {
            "behave": door.behave,
            "visits": door.visits,
            "spans": spans.of_run,
            "count": spans.count,
            "series": series.named,
        }
    )


main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
