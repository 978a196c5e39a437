"""Where spans go and which service they are of, as the environment says it, and what is wrong with that."""

from __future__ import annotations

import os
import re
import socket
import uuid
from collections.abc import MutableMapping
from urllib.parse import SplitResult, unquote, urlsplit

DEFAULT_ENDPOINT = "http://coralogix-opentelemetry-collector:4317"
CAPTURE_CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
GRPC, HTTP = "grpc", "http/protobuf"

# The namespace that the conventions set: https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
_INSTANCE_ID_NAMESPACE = uuid.UUID("4d63009a-8d0f-11ee-aad7-4c796ed8e320")


class Settings:
    """What is read once. What the exporters of the SDK would stumble over is taken out of the environment."""

    def __init__(self, environ: MutableMapping[str, str], service_name: str | None, default_endpoint: str) -> None:
        self._environ = environ
        self.problems: list[str] = []
        self.attributes = self._resource_attributes(service_name)
        self.exporters = set((self._read("OTEL_TRACES_EXPORTER") or "otlp").replace(" ", "").split(","))
        self.protocol = self._protocol()
        self.endpoint = self._endpoint(default_endpoint)
        scheme = _split(self.endpoint).scheme
        insecure = self._read("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_INSECURE").lower() == "true"
        # The scheme says whether to do without TLS; the variables count only when there is none.
        self.insecure = scheme == "http" if scheme in ("http", "https") else insecure
        self.http_endpoint = self._http_endpoint()
        self.timeout_seconds = self._timeout_seconds()
        self._check_compression_and_files()
        # The content of messages is many attributes.
        content = self._read(CAPTURE_CONTENT).lower() not in ("", "false", "no_content")
        limited = self._read("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT")
        self.attribute_limit = 512 if content and not limited else None
        self.off_because = self._off_because()

    def _read(self, *names: str) -> str:
        """The first of these variables that has a value. An empty one counts as unset, as the specification says."""
        return next(filter(None, (self._expanded(name, self._environ.get(name, "").strip()) for name in names)), "")

    def _read_for_exporter(self, name: str) -> tuple[str, str]:
        """The variable of the exporter that counts, that of the signal or the general one, and its value."""
        names = (f"OTEL_EXPORTER_OTLP_TRACES_{name}", f"OTEL_EXPORTER_OTLP_{name}")
        return next(((each, self._read(each)) for each in names if self._read(each)), (names[1], ""))

    def _expanded(self, name: str, value: str) -> str:
        # The reference as a value would be worse than none: with a k8s.pod.ip that no pod has, the collector
        # does not even look at the address that the span came from.
        reference = re.search(r"\$\([^)]*\)|\$\{[^}]*\}", value)
        if reference is None:
            return value
        write = "write $(NAME) of a variable that the same container declares before"
        self.problems.append(f"{name} is ignored, the kubelet has not expanded {reference.group()}: {write}")
        return ""

    def _ignore(self, name: str, problem: str) -> None:
        self._environ.pop(name, None)
        self.problems.append(problem)

    def _given_attributes(self) -> dict[str, str]:
        given: dict[str, str] = {}
        for pair in self._environ.get("OTEL_RESOURCE_ATTRIBUTES", "").split(","):
            name, separator, value = (unquote(part.strip()) for part in pair.partition("="))
            if name and separator:
                given[name] = self._expanded(f"{name} in OTEL_RESOURCE_ATTRIBUTES", value)
            elif pair.strip():
                self.problems.append(f"{pair.strip()!r} in OTEL_RESOURCE_ATTRIBUTES is ignored: write name=value")
        return {name: value for name, value in given.items() if value}

    def _resource_attributes(self, default_name: str | None) -> dict[str, str]:
        given = self._given_attributes()
        name = self._read("OTEL_SERVICE_NAME") or given.get("service.name") or self._read("SERVICE_NAME")
        name = name or default_name or ""
        if not name:
            self.problems.append("the service has no name: write OTEL_SERVICE_NAME=<name>")
        # The span metrics have the first as a dimension, Coralogix's filter of environments reads the second.
        environment = given.get("deployment.environment") or given.get("deployment.environment.name", "")
        attributes = {
            "deployment.environment": environment,
            "deployment.environment.name": environment,
            "service.version": self._read("SERVICE_VERSION"),
            **given,
            "service.name": name or "unknown_service:python",
        }
        # The pod's, or one made of the host's name. A random one would begin new series at each start.
        names = (given.get("k8s.namespace.name", ""), socket.gethostname(), attributes["service.name"])
        of_host = str(uuid.uuid5(_INSTANCE_ID_NAMESPACE, ".".join(names)))
        attributes.setdefault("service.instance.id", given.get("k8s.pod.uid") or self._read("K8S_POD_UID") or of_host)
        if set(self._read("OTEL_EXPERIMENTAL_RESOURCE_DETECTORS").replace(" ", "").split(",")) - {"", "otel"}:
            self.problems.append(
                "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS is ignored, since host.name would be the pod and process.pid a "
                "new set of series at each start: write what is needed into OTEL_RESOURCE_ATTRIBUTES"
            )
        return {name: value for name, value in attributes.items() if value}

    def _off_because(self) -> str:
        if self._read("OTEL_SDK_DISABLED").lower() == "true":
            return "OTEL_SDK_DISABLED is true"
        exporters = ",".join(sorted(self.exporters))
        if self.exporters - {"otlp", "console", "none"}:
            write = "write otlp, console, both or none"
            self.problems.append(f"OTEL_TRACES_EXPORTER={exporters} is not supported: {write}")
        return "" if self.exporters & {"otlp", "console"} else f"OTEL_TRACES_EXPORTER is {exporters}"

    def _protocol(self) -> str:
        name, protocol = self._read_for_exporter("PROTOCOL")
        if protocol in ("", GRPC, HTTP):
            return protocol or GRPC
        instead = HTTP if protocol.startswith("http") else GRPC
        self._ignore(name, f"protocol {protocol!r} is not supported, so {instead} is used: write {name}={instead}")
        return instead

    def _timeout_seconds(self) -> float:
        """How long the exporter tries at most."""
        for _ in range(2):
            name, value = self._read_for_exporter("TIMEOUT")
            if re.fullmatch(r"\d*\.?\d+", value) and float(value) > 0:
                return float(value)
            if value:
                self._ignore(name, f"{name}={value} is ignored, it is no number of seconds: write {name}=10")
        return 10.0

    def _check_compression_and_files(self) -> None:
        for name in ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION"):
            value = self._read(name).lower()
            if value not in ("", "gzip"):
                self._environ.pop(name)  # gRPC's exporter does not know none either
            if value not in ("", "gzip", "none"):
                self.problems.append(f"{name}={value} is ignored, the exporters do not have it: write {name}=gzip")
        for kind in ("CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE"):
            name, path = self._read_for_exporter(kind)
            if path and not os.access(path, os.R_OK):
                self.problems.append(f"{name} is {path}, which cannot be read: write the path of a file there is")

    def _endpoint(self, default_endpoint: str) -> str:
        # For HTTP the signal's own variable is a whole address and the general one a base.
        grpc = self.protocol == GRPC
        suffix = "" if grpc else "/v1/traces"
        fallback = (default_endpoint if grpc else default_endpoint.replace(":4317", ":4318")) + suffix
        own, base = self._read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), self._read("OTEL_EXPORTER_OTLP_ENDPOINT")
        endpoint = own or (base and base.rstrip("/") + suffix) or fallback
        try:
            self.problems.append(self._endpoint_problem(endpoint, default_endpoint))
        except ValueError:  # its text could hold a password
            self.problems.append(f"the endpoint is ignored, it is no address: write {fallback}")
            return fallback
        return endpoint

    def _http_endpoint(self) -> str:
        """Where OTLP goes by HTTP, as a base without the path of a signal."""
        given = self._read("SHARED_TELEMETRY_HTTP_ENDPOINT")
        if given or self.protocol == HTTP:
            return re.sub(r"(/v1/traces)?/?$", "", given or self.endpoint)
        host = _split(self.endpoint).hostname or "localhost"
        return f"http{'' if self.insecure else 's'}://{f'[{host}]' if ':' in host else host}:4318"

    def _endpoint_problem(self, endpoint: str, default_endpoint: str) -> str:
        parts = _split(endpoint)
        host, port, grpc = parts.hostname or "", parts.port, self.protocol == GRPC
        direct = direct_export_problem(host, default_endpoint)
        write = f"write http://{host or '<collector>'}:{4317 if grpc else 4318}"
        if direct:
            return direct
        if not parts.scheme:
            tls = "so TLS is used unless OTEL_EXPORTER_OTLP_INSECURE=true"
            return f"endpoint {host}:{port} has no scheme, {tls}: {write}"
        if parts.scheme not in ("http", "https"):
            return f"scheme {parts.scheme} of the endpoint is neither http nor https: {write}"
        if port is None:
            return f"the endpoint has no port: {write}"
        speaks = {4317: GRPC, 4318: HTTP}.get(port, self.protocol)
        wrong = f"port {port} speaks {speaks} and the protocol is {self.protocol}: {write}"
        return "" if speaks == self.protocol else wrong


def direct_export_problem(host: str, default_endpoint: str = DEFAULT_ENDPOINT) -> str:
    if re.search(r"(^|\.)coralogix\w*\.(com|us|in|net)(:\d+)?$", host) is None:
        return ""
    return f"{host} is Coralogix: what skips the collector has no pod and no span metrics: write {default_endpoint}"


def _split(endpoint: str) -> SplitResult:
    # Otherwise the scheme of collector:4317 would be collector.
    return urlsplit(endpoint if "://" in endpoint else f"//{endpoint}")


def without_credentials(endpoint: str) -> str:
    parts = _split(endpoint)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl().lstrip("/")
