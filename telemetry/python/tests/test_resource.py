"""The resource of the spans: what the environment says, and nothing that starts new series at each start."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver


def resource_of_a_span(launch: Launcher, receiver: Receiver, env: Mapping[str, str] = {}) -> Mapping[str, str]:
    launch.finish(ONE_SPAN, **{"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, **env})
    (span,) = receiver.wait_for_spans(1)
    return span.resource


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({"OTEL_SERVICE_NAME": "a", "OTEL_RESOURCE_ATTRIBUTES": "service.name=b", "SERVICE_NAME": "c"}, "a"),
        ({"OTEL_SERVICE_NAME": "", "OTEL_RESOURCE_ATTRIBUTES": "service.name=b", "SERVICE_NAME": "c"}, "b"),
        ({"OTEL_RESOURCE_ATTRIBUTES": "service.name=", "SERVICE_NAME": "c"}, "c"),
        ({}, "default"),
    ],
)
def test_the_service_name_is_that_of_the_first_source_that_has_one(
    launch: Launcher, receiver: Receiver, env: dict[str, str], name: str
) -> None:
    script = ONE_SPAN.replace("setup_telemetry()", "setup_telemetry(default_service_name='default')")
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **env)
    (span,) = receiver.wait_for_spans(1)
    assert span.resource["service.name"] == name
    assert f"spans of {name} go to" in application.output


def test_a_service_without_a_name_is_told_what_to_write(launch: Launcher, receiver: Receiver) -> None:
    application = launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint)
    (span,) = receiver.wait_for_spans(1)
    assert span.resource["service.name"] == "unknown_service:python"
    assert "write OTEL_SERVICE_NAME=<name>" in application.output


@pytest.mark.parametrize(
    ("env", "version"),
    [
        ({"OTEL_RESOURCE_ATTRIBUTES": "service.version=2", "SERVICE_VERSION": "1"}, "2"),
        ({"OTEL_RESOURCE_ATTRIBUTES": "a=b", "SERVICE_VERSION": "1"}, "1"),
        ({}, None),
    ],
)
def test_the_service_version_is_that_of_the_resource_attributes_or_else_of_its_own_variable(
    launch: Launcher, receiver: Receiver, env: dict[str, str], version: str | None
) -> None:
    assert resource_of_a_span(launch, receiver, env).get("service.version") == version


def test_resource_attributes_are_merged_and_decoded(launch: Launcher, receiver: Receiver) -> None:
    resource = resource_of_a_span(
        launch,
        receiver,
        {
            "SERVICE_NAME": "api-gateway",
            "OTEL_RESOURCE_ATTRIBUTES": "k8s.pod.name=api-0, k8s.pod.ip = 10.42.0.7,team=a%2Cb%3Dc%20d,url=x=y",
        },
    )
    assert resource["service.name"] == "api-gateway"
    assert resource["k8s.pod.name"] == "api-0"
    assert resource["k8s.pod.ip"] == "10.42.0.7"
    assert resource["team"] == "a,b=c d"
    assert resource["url"] == "x=y"
    assert resource["telemetry.sdk.language"] == "python"
    assert resource["telemetry.sdk.version"]


def test_broken_resource_attributes_are_skipped_and_named(launch: Launcher, receiver: Receiver) -> None:
    env = {"OTEL_RESOURCE_ATTRIBUTES": "k8s.pod.name=api-0,nonsense,=empty,bad=%zz%ff,,k8s.node.name=n1"}
    application = launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **env)
    (span,) = receiver.wait_for_spans(1)
    assert span.resource["k8s.pod.name"] == "api-0"
    assert span.resource["k8s.node.name"] == "n1"
    assert "nonsense" not in span.resource
    assert "Invalid key value resource attribute pair nonsense" in application.output


def test_a_reference_that_the_kubelet_did_not_expand_is_no_value(launch: Launcher, receiver: Receiver) -> None:
    application = launch.finish(
        ONE_SPAN,
        OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint,
        OTEL_SERVICE_NAME="${SERVICE_NAME}",
        SERVICE_NAME="api-gateway",
        OTEL_RESOURCE_ATTRIBUTES="k8s.pod.ip=$(K8S_POD_IP),service.instance.id=$(K8S_POD_UID),k8s.pod.uid=u-1",
    )
    (span,) = receiver.wait_for_spans(1)
    assert span.resource["service.name"] == "api-gateway"
    assert span.resource["service.instance.id"] == "u-1"
    assert "k8s.pod.ip" not in span.resource
    assert "the resource's k8s.pod.ip is ignored, the kubelet has not expanded $(K8S_POD_IP)" in application.output
    assert "the resource's service.name is ignored, the kubelet has not expanded ${SERVICE_NAME}" in application.output


@pytest.mark.parametrize("given", ["deployment.environment", "deployment.environment.name"])
def test_the_environment_has_its_old_and_its_new_name(launch: Launcher, receiver: Receiver, given: str) -> None:
    resource = resource_of_a_span(launch, receiver, {"OTEL_RESOURCE_ATTRIBUTES": f"{given}=staging"})
    assert resource["deployment.environment"] == "staging"
    assert resource["deployment.environment.name"] == "staging"


def test_no_attribute_changes_from_start_to_start_or_hides_the_host(launch: Launcher, receiver: Receiver) -> None:
    env = {"OTEL_EXPERIMENTAL_RESOURCE_DETECTORS": "host,process,service_instance", "SERVICE_NAME": "a"}
    application = launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **env)
    launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **env)
    first, second = receiver.wait_for_spans(2)
    assert first.resource == second.resource
    assert not [name for name in first.resource if name.startswith(("host.", "process."))]
    assert "OTEL_EXPERIMENTAL_RESOURCE_DETECTORS is ignored" in application.output


@pytest.mark.parametrize(
    ("env", "instance_id"),
    [
        ({"OTEL_RESOURCE_ATTRIBUTES": "service.instance.id=i-1,k8s.pod.uid=u-1", "K8S_POD_UID": "u-2"}, "i-1"),
        ({"OTEL_RESOURCE_ATTRIBUTES": "k8s.pod.uid=u-1", "K8S_POD_UID": "u-2"}, "u-1"),
        ({"K8S_POD_UID": "u-2"}, "u-2"),
    ],
)
def test_the_instance_id_is_the_one_given_or_the_uid_of_the_pod(
    launch: Launcher, receiver: Receiver, env: dict[str, str], instance_id: str
) -> None:
    assert resource_of_a_span(launch, receiver, env)["service.instance.id"] == instance_id


def test_without_a_pod_the_instance_id_is_one_of_the_host_and_the_service(launch: Launcher, receiver: Receiver) -> None:
    for name in ("a", "a", "b"):
        launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME=name)
    ids = [span.resource["service.instance.id"] for span in receiver.wait_for_spans(3)]
    assert ids[0] == ids[1] != ids[2]
    assert all(each[14] == "5" for each in ids), "a UUID of version 5 is made of names, one of version 4 is random"
