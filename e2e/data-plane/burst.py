"""Far more spans than a collector can hold, sent as fast as it goes, each request once."""

import os
from concurrent.futures import ThreadPoolExecutor

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SENDERS = 8


def attributes_of(values, target):
    for key, value in values.items():
        target.add(key=key).value.string_value = value


def request_of(spans, attributes):
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    told = dict(pair.split("=", 1) for pair in os.environ["OTEL_RESOURCE_ATTRIBUTES"].split(","))
    attributes_of({"service.name": os.environ["OTEL_SERVICE_NAME"], **told}, resource_spans.resource.attributes)
    scope_spans = resource_spans.scope_spans.add()
    for _ in range(spans):
        span = scope_spans.spans.add(trace_id=os.urandom(16), span_id=os.urandom(8), name="GET /burst", kind=2)
        attributes_of(attributes, span.attributes)
    return request.SerializeToString()


def burst(requests, spans, bytes_each, attributes):
    """How many spans the collector took, and how many it refused."""
    address = os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"].removeprefix("http://")
    attributes = {**attributes, "exception.stacktrace": "x" * bytes_each}

    def send(channel):
        export = channel.unary_unary("/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        try:
            export(request_of(spans, attributes), timeout=30)
            return "accepted"
        except grpc.RpcError as error:
            return error.code().name

    channels = [grpc.insecure_channel(address, [("test.channel", n)]) for n in range(SENDERS)]
    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(lambda n: send(channels[n % SENDERS]), range(requests)))
    return {answer: answers.count(answer) * spans for answer in set(answers)}
