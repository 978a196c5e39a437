"""Processes that fork: gRPC does not survive it by itself, and the SDK changes the resource."""

from __future__ import annotations

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver

LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000", "OTEL_SERVICE_NAME": "a", "K8S_POD_UID": "u-1"}

FORK = """
    import os, sys

    def fork(name):
        pid = os.fork()
        if pid == 0:
            trace.get_tracer("test").start_span(name).end()
            print(name, "sent", telemetry.flush(10))
            os._exit(0)
        return os.waitpid(pid, 0)
"""


@pytest.mark.xfail(strict=False, reason="a process that has sent spans over gRPC and forks can hang, as can its child")
def test_children_of_a_process_that_has_sent_spans_send_theirs(launch: Launcher, receiver: Receiver) -> None:
    script = """
    telemetry.flush()
    for name in ("first", "second", "third"):
        fork(name)
        trace.get_tracer("test").start_span("between").end()
        telemetry.flush()
    """
    application = launch.finish(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    names = sorted(span.name for span in receiver.spans)
    assert names == ["between", "between", "between", "first", "second", "third", "work"], application.output


def test_children_send_theirs_though_grpc_was_imported_before_the_setup(launch: Launcher, receiver: Receiver) -> None:
    script = "    import grpc" + ONE_SPAN + FORK + "    telemetry.flush(); fork('child')"
    launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert sorted(span.name for span in receiver.spans) == ["child", "work"]


def test_what_ended_before_a_fork_is_sent_by_the_parent_alone(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN + FORK + "    fork('child')", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert sorted(span.name for span in receiver.spans) == ["child", "work"]


def test_the_resource_of_a_child_is_that_of_its_parent(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN + FORK + "    fork('child')", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    first, second = receiver.spans
    assert first.resource == second.resource
    assert first.resource["service.instance.id"] == "u-1"


def test_a_fork_while_a_call_is_under_way_hangs_nobody_and_loses_nothing(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import threading, time
    threading.Thread(target=telemetry.flush, daemon=True).start()
    input()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        trace.get_tracer("test").start_span("child").end()
        print("child lives")
        os._exit(0 if telemetry.flush(10) else 1)
    print("fork took", time.monotonic() - started)
    print("child ended with", os.waitpid(pid, 0)[1])
    """
    receiver.hold()
    application = launch.script(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    receiver.wait_for_request()
    application.write("\n")
    assert float(application.after("fork took")) < 2
    application.after("child lives")
    receiver.wait_for_cancelled_request()
    receiver.release()
    application.after("child ended with 0")
    assert application.wait() == 0
    assert sorted({span.span_id: span.name for span in receiver.spans}.values()) == ["child", "work"]


def test_a_child_is_ended_by_sigterm_and_sends_its_spans(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import multiprocessing, signal

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
    application = launch.script(ONE_SPAN + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    application.after("ready")
    application.write("\n")
    application.after("child ended with -15")
    assert application.wait() == 0
    assert sorted(span.name for span in receiver.spans) == ["child", "work"]
