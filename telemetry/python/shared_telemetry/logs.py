"""What the module writes to the log, and the ids of the trace in what the application writes there."""

import contextlib
import logging
import sys
from typing import Any

_logger = logging.getLogger("shared_telemetry")


def say(text: str, level: int = logging.WARNING) -> None:
    if _logger.hasHandlers():
        _logger.log(level, text)
    else:
        # Where nobody has set up logging, Python would drop the one line that says where spans go.
        with contextlib.suppress(Exception):
            print(f"shared_telemetry: {text}", file=sys.stderr, flush=True)


def add_trace_ids(service_name: str) -> None:
    """Gives each log record the attributes that opentelemetry-instrumentation-logging gives it."""
    from opentelemetry import trace

    make_record = logging.getLogRecordFactory()

    def make_record_with_ids(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record, context = make_record(*args, **kwargs), trace.get_current_span().get_span_context()
        record.otelTraceID = trace.format_trace_id(context.trace_id) if context.is_valid else "0"
        record.otelSpanID = trace.format_span_id(context.span_id) if context.is_valid else "0"
        record.otelTraceSampled, record.otelServiceName = context.trace_flags.sampled, service_name
        return record

    logging.setLogRecordFactory(make_record_with_ids)
    ids = "trace_id=%(otelTraceID)s span_id=%(otelSpanID)s"  # where the application has not set up logging
    logging.basicConfig(format=f"%(asctime)s %(levelname)s [%(name)s] [{ids}] %(message)s")
