"""Where spans go and which service they are of, as the environment says it, and what is wrong with that."""

import os
import re
import socket
import uuid

from opentelemetry.sdk.resources import OTELResourceDetector
from opentelemetry.sdk.version import __version__ as sdk_version

from . import CONTENT, DEFAULT_ENDPOINT

GRPC, HTTP = "grpc", "http/protobuf"
_ADDRESS = re.compile(r"([\w.+-]+)://(?:[^/]*@)?(\[[\da-fA-F:.]+\]|[^][/:@]*)(?::(\d+))?(?:[/?#].*)?")
# The namespace that the conventions set: https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
_INSTANCE_ID_NAMESPACE = uuid.UUID("4d63009a-8d0f-11ee-aad7-4c796ed8e320")


class Settings:
    """What is read once. What the exporters of the SDK would stumble over is taken out of the environment."""

    def __init__(self, service_name: str, default_endpoint: str) -> None:
        self.problems: list[str] = []
        self.attributes = self._resource_attributes(service_name)
        self.protocol, self.timeout_seconds = GRPC, 10.0
        for prefix in ("OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_"):
            self._read_exporter_variables(prefix)
        self.endpoint, self.http_endpoint = self._endpoints(default_endpoint)
        # The content of messages is many attributes.
        content = self._read(CONTENT).lower() not in ("", "false", "no_content")
        limited = self._read("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT")
        self.attribute_limit = 512 if content and not limited else None
        names = (self._read("OTEL_TRACES_EXPORTER") or "otlp").replace(" ", "")
        self.exporters = set(names.split(","))
        if self.exporters - {"otlp", "console", "none"}:
            self.problems.append(f"OTEL_TRACES_EXPORTER={names} is not supported: write otlp, console, both or none")
        self.off_because = "" if self.exporters & {"otlp", "console"} else f"OTEL_TRACES_EXPORTER is {names}"
        if self._read("OTEL_SDK_DISABLED").lower() == "true":
            self.off_because = "OTEL_SDK_DISABLED is true"

    def _read(self, *names: str) -> str:
        """The first of these variables that has a value. An empty one counts as unset, as the specification says."""
        return next(filter(None, (self._expanded(name, os.environ.get(name, "").strip()) for name in names)), "")

    def _expanded(self, name: str, value: str) -> str:
        # Worse than none: with a k8s.pod.ip that no pod has, the collector does not look where the span came from.
        reference = re.search(r"\$\([^)]*\)|\$\{[^}]*\}", value)
        if reference is None:
            return value
        write = "write $(NAME) of a variable that the same container declares before"
        self.problems.append(f"{name} is ignored, the kubelet has not expanded {reference.group()}: {write}")
        return ""

    def _resource_attributes(self, default_name: str) -> dict[str, str]:
        read = OTELResourceDetector().detect().attributes.items()
        expanded = {name: self._expanded(f"the resource's {name}", str(value)) for name, value in read}
        given = {name: value for name, value in expanded.items() if value}
        service_name = given.get("service.name") or self._read("SERVICE_NAME") or default_name
        if not service_name:
            self.problems.append("the service has no name: write OTEL_SERVICE_NAME=<name>")
            service_name = "unknown_service:python"
        if set(self._read("OTEL_EXPERIMENTAL_RESOURCE_DETECTORS").replace(" ", "").split(",")) - {"", "otel"}:
            self.problems.append("OTEL_EXPERIMENTAL_RESOURCE_DETECTORS is ignored: write OTEL_RESOURCE_ATTRIBUTES")
        # Not a random one, which would begin new series at each start.
        of_host = ".".join((given.get("k8s.namespace.name", ""), socket.gethostname(), service_name))
        instance_id = self._read("K8S_POD_UID") or str(uuid.uuid5(_INSTANCE_ID_NAMESPACE, of_host))
        defaults = {
            "telemetry.sdk.language": "python",
            "telemetry.sdk.name": "opentelemetry",
            "telemetry.sdk.version": sdk_version,
            # The span metrics have the first as a dimension, Coralogix's filter of environments reads the second.
            "deployment.environment": given.get("deployment.environment.name"),
            "deployment.environment.name": given.get("deployment.environment"),
            "service.name": service_name,
            "service.version": self._read("SERVICE_VERSION"),
            "service.instance.id": given.get("k8s.pod.uid") or instance_id,
        }
        return {**{name: value for name, value in defaults.items() if value}, **given}

    def _read_exporter_variables(self, prefix: str) -> None:
        protocol = self._read(f"{prefix}PROTOCOL")
        if protocol:
            self.protocol = HTTP if protocol.startswith("http") else GRPC
            if protocol != self.protocol:
                write = f"so {self.protocol} is used: write {prefix}PROTOCOL={self.protocol}"
                self.problems.append(f"protocol {protocol!r} is not supported, {write}")
        timeout = self._checked(f"{prefix}TIMEOUT", r"(?=.*[1-9])\d*\.?\d+", "it is no number of seconds", "10")
        self.timeout_seconds = float(timeout or self.timeout_seconds)
        self._checked(f"{prefix}COMPRESSION", "(?i)gzip", "the exporters do not have it", "gzip")
        for name in (f"{prefix}CERTIFICATE", f"{prefix}CLIENT_KEY", f"{prefix}CLIENT_CERTIFICATE"):
            path = self._read(name)
            if path and not os.access(path, os.R_OK):
                self.problems.append(f"{name} is {path}, which cannot be read: write the path of a file there is")

    def _checked(self, name: str, pattern: str, reason: str, write: str) -> str:
        value = self._read(name)
        if re.fullmatch(pattern, value):
            return value
        os.environ.pop(name, None)
        if value not in ("", "none"):  # gRPC's exporter does not know the compression none either
            self.problems.append(f"{name}={value} is ignored, {reason}: write {name}={write}")
        return ""

    def _endpoints(self, default: str) -> tuple[str, str]:
        """Where spans go, and where OTLP goes by HTTP, without the path of a signal."""
        # For HTTP the signal's own variable is a whole address and the general one a base.
        right_port, path = (4317, "") if self.protocol == GRPC else (4318, "/v1/traces")
        default = default.replace(":4317", f":{right_port}") + path
        base = self._read("OTEL_EXPORTER_OTLP_ENDPOINT")
        given = self._read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") or (base and base.rstrip("/") + path) or default
        insecure = self._read("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_INSECURE").lower() == "true"
        endpoint = given if "://" in given else f"http{'' if insecure else 's'}://{given}"
        if not _ADDRESS.fullmatch(endpoint):  # its text could hold a password
            self.problems.append(f"the endpoint is ignored, it is no address: write {default}")
            endpoint = given = default
        scheme, host, port = _ADDRESS.findall(endpoint)[0]
        insecure = scheme.lower() == "http" or (insecure and scheme.lower() != "https")
        write = f"write http://{host or '<collector>'}:{right_port}"
        other = {"4317": GRPC, "4318": HTTP}.get(port, self.protocol)
        problem = ""
        if endpoint != given:
            tls = "so TLS is used unless OTEL_EXPORTER_OTLP_INSECURE=true"
            problem = f"endpoint {host}:{port} has no scheme, {tls}: {write}"
        elif scheme.lower() not in ("http", "https"):
            problem = f"scheme {scheme} of the endpoint is neither http nor https: {write}"
        elif not port:
            problem = f"the endpoint has no port: {write}"
        elif other != self.protocol:
            problem = f"port {port} speaks {other} and the protocol is {self.protocol}: {write}"
        self.problems.append(direct_export_problem(host) or problem)
        by_http = endpoint if self.protocol == HTTP else f"http{'' if insecure else 's'}://{host or 'localhost'}:4318"
        return endpoint, re.sub(r"(/v1/traces)?/?$", "", self._read("SHARED_TELEMETRY_HTTP_ENDPOINT") or by_http)


def direct_export_problem(endpoint: str) -> str:
    skips = re.search(r"(^|[./])coralogix\w*\.(com|us|in|net)(:\d+)?(/|$)", endpoint)
    why = f"{endpoint} is Coralogix: what skips the collector has no pod and no span metrics: write {DEFAULT_ENDPOINT}"
    return why if skips else ""


def without_credentials(endpoint: str) -> str:
    return re.sub(r"[?#].*|(?<=//)[^/]*@", "", endpoint)
