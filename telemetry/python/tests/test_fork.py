"""Processes that fork: gRPC does not survive it, a lock may be held, and the SDK changes the resource."""

from __future__ import annotations

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from applications import ONE_SPAN, TESTS_FOLDER, Launcher
from receiver import Receiver

LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000", "OTEL_SERVICE_NAME": "a", "K8S_POD_UID": "u-1"}

FORK = """
    import os, signal, sys

    def send(name):
        trace.get_tracer("test").start_span(name).end()
        print(f"{name} sent {telemetry.flush(10)}\\n", end="")  # in one piece

    def fork(work, *arguments):
        pid = os.fork()
        if pid == 0:
            work(*arguments)
            os._exit(0)
        return pid

    def wait_for(pid):
        print(f"child ended with {os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\\n", end="")
"""

# A process in which gRPC runs when it forks.
SENDER = ONE_SPAN + FORK + "    telemetry.flush()\n"
PARENTS = pytest.mark.parametrize("parent", [ONE_SPAN + FORK, SENDER], ids=["before", "after"])
PROTOCOLS = pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])


def to(receiver: Receiver, protocol: str = "grpc", **more: str) -> dict[str, str]:
    return {
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint if protocol == "grpc" else receiver.http_endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL": protocol,
        "SHARED_TELEMETRY_HTTP_ENDPOINT": receiver.http_endpoint,
        **LATE,
        **more,
    }


def names(receiver: Receiver) -> list[str]:
    return sorted(span.name for span in receiver.spans)


@PROTOCOLS
def test_no_span_of_concurrent_children_is_lost_or_doubled_and_none_hangs_while_a_thread_sends(
    launch: Launcher, receiver: Receiver, protocol: str
) -> None:
    parents, waves, children, spans = 5, 10, 6, 10

    def run(number: int) -> str:
        options = [str(waves), *(["freeze"] if number > 0 else [])]
        env = to(receiver, protocol, OTEL_BSP_SCHEDULE_DELAY="5000")
        application = launch(str(TESTS_FOLDER / "forking_application.py"), *options, **env)
        assert application.wait(1000) == 0, application.output
        return application.after("hung ")

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(run, range(parents)))
    assert [end.partition(",")[0] for end in ends] == ["0"] * parents
    counted = Counter(span.name for span in receiver.spans if span.name.startswith("child"))
    assert len(counted) == parents * waves * children * spans == 3000
    assert set(counted.values()) == {1}
    sent_by_parents = sum(int(end.rpartition(" ")[2]) for end in ends)
    assert sum(span.name == "parent" for span in receiver.spans) == sent_by_parents


@pytest.mark.parametrize("end", ["sys.exit(0)", "telemetry.flush(10); os._exit(0)"])
def test_children_of_a_process_that_has_sent_spans_by_grpc_send_theirs_by_http(
    launch: Launcher, receiver: Receiver, end: str
) -> None:
    script = f"""
    def work(name):
        trace.get_tracer("test").start_span(name).end()
        {end}

    for name in ("first", "second", "third"):
        wait_for(fork(work, name))
        send("between")
    """
    application = launch.finish(SENDER + script, **to(receiver))
    assert application.output.count("child ended with 0") == 3
    assert names(receiver) == ["between", "between", "between", "first", "second", "third", "work"]
    by_http = {span.name for span in receiver.spans if span.protocol == "http/protobuf"}
    assert by_http == {"first", "second", "third"}


def test_such_a_child_sends_as_the_environment_says(launch: Launcher, receiver: Receiver) -> None:
    env = {"OTEL_EXPORTER_OTLP_HEADERS": "x-tenant=blue", "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"}
    launch.finish(SENDER + "    wait_for(fork(send, 'child'))", **to(receiver, **env))
    assert {span.name: span.metadata["x-tenant"] for span in receiver.spans} == {"work": "blue", "child": "blue"}
    assert {span.metadata.get("content-encoding") for span in receiver.spans if span.name == "child"} == {"gzip"}


@pytest.mark.parametrize(
    ("endpoint", "http_endpoint"),
    [
        ("http://collector:4317", "http://collector:4318"),
        ("https://collector:4317", "https://collector:4318"),
        ("http://[::1]:55680", "http://[::1]:4318"),
        ("http://user:hush@collector:4317", "http://collector:4318"),
        ("https://user:hu@sh@collector:4317/", "https://collector:4318"),
        ("dns:///collector:4317", "https://localhost:4318"),
    ],
)
def test_it_sends_to_the_port_of_http_on_the_same_host(launch: Launcher, endpoint: str, http_endpoint: str) -> None:
    script = """
    from shared_telemetry.settings import Settings
    print("by HTTP to", Settings("a", "").http_endpoint)
    """
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)
    assert application.after("by HTTP to ") == http_endpoint


def test_a_child_of_a_process_that_has_sent_nothing_sends_by_grpc(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN + FORK + "    wait_for(fork(send, 'child'))", **to(receiver))
    assert {span.name: span.protocol for span in receiver.spans} == {"child": "grpc", "work": "grpc"}


def test_a_child_of_an_application_that_uses_grpc_itself_sends_its_spans(launch: Launcher, receiver: Receiver) -> None:
    script = f"""
    import grpc
    channel = grpc.insecure_channel("127.0.0.1:{receiver.port}")
    grpc.channel_ready_future(channel).result(20)
    wait_for(fork(send, "child"))
    os._exit(0)
    """
    launch.finish(ONE_SPAN + FORK + script, **to(receiver))
    assert names(receiver) == ["child"]


def test_the_grpc_of_the_application_works_in_its_children_as_without_telemetry(
    launch: Launcher, receiver: Receiver
) -> None:
    """Applications of which each forks after both it and the module have used gRPC, and calls by gRPC in the child."""
    script = f"""
    import grpc, threading, time
    from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

    def call():
        with grpc.insecure_channel("127.0.0.1:{receiver.port}") as channel:
            stub = trace_service_pb2_grpc.TraceServiceStub(channel)
            stub.Export(trace_service_pb2.ExportTraceServiceRequest(), timeout=60, wait_for_ready=True)

    def work():
        call()
        print("the child has called", flush=True)

    def send_always():
        while True:
            trace.get_tracer("test").start_span("meanwhile").end()
            telemetry.flush()
            time.sleep(0.001)

    call()
    threading.Thread(target=send_always, daemon=True).start()
    for _ in range(4):
        child = fork(work)
        call()
        wait_for(child)
    print("fork support is", os.environ.get("GRPC_ENABLE_FORK_SUPPORT"))
    os._exit(0)
    """

    def run(support: dict[str, str]) -> str:
        application = launch.script(SENDER + script, **to(receiver, **support))
        assert application.wait(60) == 0, application.output
        return application.output

    with ThreadPoolExecutor(3) as pool:
        outputs = list(pool.map(run, [{}, {"GRPC_ENABLE_FORK_SUPPORT": "1"}] * 5))
    assert sum(output.count("the child has called") for output in outputs) == 40
    assert sum(output.count("child ended with 0") for output in outputs) == 40
    assert [output.partition("fork support is ")[2].strip() for output in outputs] == ["None", "1"] * 5


def test_what_ended_before_a_fork_is_sent_by_the_parent_alone(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN + FORK + "    wait_for(fork(send, 'child'))", **to(receiver))
    assert names(receiver) == ["child", "work"]


@PARENTS
def test_the_resource_of_a_child_is_that_of_its_parent(launch: Launcher, receiver: Receiver, parent: str) -> None:
    launch.finish(parent + "    wait_for(fork(send, 'child'))", **to(receiver))
    first, second = receiver.spans
    assert first.resource == second.resource
    assert first.resource["service.instance.id"] == "u-1"


@PROTOCOLS
def test_a_call_under_way_goes_on_while_the_process_forks(launch: Launcher, receiver: Receiver, protocol: str) -> None:
    script = """
    import threading
    call = threading.Thread(target=lambda: print(f"call ended {telemetry.flush(60)}\\n", end=""))
    call.start()
    input()
    children = [fork(send, "child") for _ in range(5)]
    print("has forked")
    call.join()
    for child in children:
        wait_for(child)
    """
    receiver.hold()
    env = to(receiver, protocol, OTEL_EXPORTER_OTLP_TIMEOUT="60")
    application = launch.script(ONE_SPAN + FORK + script, **env)
    receiver.wait_for_requests(1)
    application.write("\n")
    application.after("has forked")  # while the call is still held
    receiver.wait_for_requests(6)
    receiver.release()
    assert application.wait() == 0
    assert "call ended True" in application.output
    assert application.output.count("child sent True") == 5
    assert names(receiver) == ["child"] * 5 + ["work"]
    assert receiver.cancelled == 0


def test_a_child_ends_when_a_thread_of_its_parent_had_locked_the_pool_of_connections(
    launch: Launcher, receiver: Receiver
) -> None:
    script = """
    import queue, weakref
    telemetry.flush()
    (pool,) = [each.peek()[2][0] for each in weakref.finalize._registry if "urllib3" in each.peek()[1].__module__]
    pool.mutex.acquire()  # as by a thread that is not in the child
    child = fork(lambda: (send("child"), sys.exit(0)))
    pool.mutex.release()
    wait_for(child)
    """
    application = launch.finish(ONE_SPAN + FORK + script, **to(receiver, "http/protobuf"))
    assert "child ended with 0" in application.output
    assert names(receiver) == ["child", "work"]


@PARENTS
def test_a_child_is_ended_by_sigterm_and_sends_its_spans(launch: Launcher, receiver: Receiver, parent: str) -> None:
    script = """
    import multiprocessing

    def work():
        trace.get_tracer("test").start_span("child").end()
        print("ready")
        signal.pause()

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    input()
    child.terminate()
    child.join()
    print("child ended with", child.exitcode)
    """
    application = launch.script(parent + script, **to(receiver))
    application.after("ready")
    application.write("\n")
    application.after(f"child ended with {-signal.SIGTERM}")
    assert application.wait() == 0
    assert names(receiver) == ["child", "work"]


def test_a_grandchild_sends_its_spans(launch: Launcher, receiver: Receiver) -> None:
    script = """
    def work():
        send("child")
        wait_for(fork(send, "grandchild"))
        send("child again")

    wait_for(fork(work))
    """
    launch.finish(SENDER + script, **to(receiver))
    assert names(receiver) == ["child", "child again", "grandchild", "work"]


@PROTOCOLS
@pytest.mark.parametrize("away", ["silent", "closed"])
def test_children_end_in_time_when_there_is_no_collector(
    launch: Launcher, silent_port: int, closed_port: int, protocol: str, away: str
) -> None:
    script = """
    import time
    telemetry.flush(0.2)

    def work():
        trace.get_tracer("test").start_span("child").end()
        sys.exit(0)

    started = time.monotonic()
    for child in [fork(work) for _ in range(6)]:
        wait_for(child)
    print("took", time.monotonic() - started)
    os._exit(0)
    """
    script = (ONE_SPAN + FORK + script).replace("setup_telemetry()", "setup_telemetry(flush_timeout_seconds=2)")
    port = f"http://127.0.0.1:{silent_port if away == 'silent' else closed_port}"
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": port, "OTEL_EXPORTER_OTLP_PROTOCOL": protocol}
    more = {"SHARED_TELEMETRY_HTTP_ENDPOINT": port, "OTEL_EXPORTER_OTLP_TIMEOUT": "60"}
    application = launch.finish(script, **env, **more, **LATE)
    assert application.output.count("child ended with 0") == 6
    assert float(application.output.rpartition("took ")[2]) < 15
    assert "spans may be lost: they were not sent within 2 s" in application.output
