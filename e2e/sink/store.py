"""What arrived, ready to be asked about."""

import threading
from collections import Counter, defaultdict

LONGEST = 200


def value_of(any_value):
    kind = any_value.WhichOneof("value")
    if kind == "string_value":
        return any_value.string_value[:LONGEST]
    return getattr(any_value, kind) if kind in ("int_value", "double_value", "bool_value") else str(any_value)


def attributes_of(pairs):
    return {pair.key: value_of(pair.value) for pair in pairs}


class Resources:
    """Resources as numbers: most data comes from few of them."""

    def __init__(self):
        self._numbers = {}
        self.all = []

    def number(self, resource):
        key = resource.SerializeToString(deterministic=True)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(attributes_of(resource.attributes))
        return self._numbers[key]


def record_of(span):
    return {
        "id": (span.trace_id + span.span_id).hex(),
        "name": span.name,
        "kind": span.kind,
        "status": span.status.code,
        "milliseconds": (span.end_time_unix_nano - span.start_time_unix_nano) / 1e6,
        "attributes": attributes_of(span.attributes),
    }


class SpanStore:
    """Spans by the run that they say they belong to (attribute `test.run`)."""

    def __init__(self):
        self._lock = threading.Lock()
        self._resources = Resources()
        self._runs = defaultdict(list)

    def add(self, request):
        with self._lock:
            for resource_spans in request.resource_spans:
                number = self._resources.number(resource_spans.resource)
                for scope_spans in resource_spans.scope_spans:
                    for span in scope_spans.spans:
                        # A copy of what is asked about: the span itself would keep the whole request in memory.
                        record = record_of(span)
                        self._runs[record["attributes"].get("test.run", "")].append((number, record))

    def of_run(self, run):
        with self._lock:
            groups = defaultdict(list)
            for number, record in self._runs[run]:
                groups[number].append(record)
            return [{"resource": self._resources.all[number], "spans": spans} for number, spans in groups.items()]

    def count(self, run):
        """How many spans arrived, and how many different ones, in all and by their sender (`test.sender`)."""
        with self._lock:
            unique = {record["id"]: record["attributes"].get("test.sender", "") for _, record in self._runs[run]}
            by_sender = Counter(unique.values())
            return {"arrived": len(self._runs[run]), "unique": len(unique), "bySender": by_sender}


class MetricStore:
    """The latest point of every series; a new start time begins a new one."""

    def __init__(self):
        self._lock = threading.Lock()
        self._resources = Resources()
        self._series = {}

    def add(self, request):
        with self._lock:
            for resource_metrics in request.resource_metrics:
                number = self._resources.number(resource_metrics.resource)
                for scope_metrics in resource_metrics.scope_metrics:
                    for metric in scope_metrics.metrics:
                        self._add_metric(number, metric)

    def _add_metric(self, number, metric):
        kind = metric.WhichOneof("data")
        data = getattr(metric, kind)
        for point in data.data_points:
            attributes = attributes_of(point.attributes)
            key = (metric.name, number, tuple(sorted(attributes.items())), point.start_time_unix_nano)
            known = self._series.get(key)
            if known is None or known["time"] <= point.time_unix_nano:
                self._series[key] = {
                    "name": metric.name,
                    "unit": metric.unit,
                    "kind": kind,
                    "cumulative": getattr(data, "aggregation_temporality", 0) == 2,
                    "resource": self._resources.all[number],
                    "attributes": attributes,
                    "time": point.time_unix_nano,
                    **(histogram(point) if kind == "histogram" else number_value(point)),
                }

    def named(self, names):
        with self._lock:
            return [series for series in self._series.values() if series["name"] in names]


def number_value(point):
    return {"value": point.as_int if point.WhichOneof("value") == "as_int" else point.as_double}


def histogram(point):
    return {
        "count": point.count,
        "sum": point.sum,
        "bounds": list(point.explicit_bounds),
        "buckets": list(point.bucket_counts),
    }
