"""Processes that fork: gRPC does not survive it, and the SDK changes the resource."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from applications import ONE_SPAN, Ending, Launcher, children
from receiver import Receiver

LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000", "OTEL_SERVICE_NAME": "a", "K8S_POD_UID": "u-1"}

FORK = """
    import glob, os, signal, sys

    def send(name):
        trace.get_tracer("test").start_span(name).end()
        print(name, "sent", telemetry.flush(10))

    def fork(work, *arguments):
        pid = os.fork()
        if pid == 0:
            work(*arguments)
            os._exit(0)
        return pid

    def wait_for(pid):
        print("child ended with", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    def runs_grpc():
        return any(open(name).read() == "event_engine\\n" for name in glob.glob("/proc/self/task/*/comm"))
"""

# A process in which gRPC runs when it forks.
SENDER = (
    ONE_SPAN
    + FORK
    + """
    telemetry.flush()
    assert runs_grpc()
"""
)


def names(receiver: Receiver) -> list[str]:
    return sorted(span.name for span in receiver.spans)


@pytest.mark.parametrize("end", ["sys.exit(0)", "telemetry.flush(10); os._exit(0)"])
def test_children_of_a_process_that_has_sent_spans_send_theirs(launch: Launcher, receiver: Receiver, end: str) -> None:
    script = f"""
    def work(name):
        trace.get_tracer("test").start_span(name).end()
        {end}

    for name in ("first", "second", "third"):
        wait_for(fork(work, name))
        send("between")
    """
    application = launch.finish(SENDER + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert application.output.count("child ended with 0") == 3
    assert names(receiver) == ["between", "between", "between", "first", "second", "third", "work"]


def test_such_a_child_sends_from_a_helper_process_as_the_environment_says(launch: Launcher, receiver: Receiver) -> None:
    script = """
    def work():
        send("child")
        print("runs gRPC", runs_grpc())

    wait_for(fork(work))
    """
    application = launch.finish(
        SENDER + script,
        OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint,
        OTEL_EXPORTER_OTLP_HEADERS="x-tenant=blue",
        OTEL_EXPORTER_OTLP_COMPRESSION="gzip",
        **LATE,
    )
    assert "runs gRPC False" in application.output
    assert [span.metadata["x-tenant"] for span in receiver.spans] == ["blue", "blue"]


def test_a_child_of_a_process_that_has_sent_nothing_needs_no_helper(launch: Launcher, receiver: Receiver) -> None:
    script = """
    def work():
        send("child")
        print("runs gRPC", runs_grpc())

    wait_for(fork(work))
    """
    application = launch.finish(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert "runs gRPC True" in application.output
    assert names(receiver) == ["child", "work"]


def test_a_child_of_an_application_that_uses_grpc_itself_sends_its_spans(launch: Launcher, receiver: Receiver) -> None:
    script = f"""
    import grpc
    channel = grpc.insecure_channel("127.0.0.1:{receiver.port}")
    grpc.channel_ready_future(channel).result(20)
    wait_for(fork(send, "child"))
    os._exit(0)
    """
    launch.finish(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert names(receiver) == ["child"]


@pytest.mark.parametrize(
    ("before", "env", "by_helper"),
    [
        ("", {}, False),
        ("", {"GRPC_ENABLE_FORK_SUPPORT": ""}, False),
        ("", {"GRPC_ENABLE_FORK_SUPPORT": "true"}, True),
        ("    import grpc", {}, True),
        ("    import grpc", {"GRPC_ENABLE_FORK_SUPPORT": "false"}, False),
    ],
)
def test_where_grpc_has_handlers_of_forks_the_parent_sends_from_a_helper_process_too(
    launch: Launcher, receiver: Receiver, before: str, env: dict[str, str], by_helper: bool
) -> None:
    script = """
    telemetry.flush()
    print("runs gRPC", runs_grpc())
    wait_for(fork(send, "child"))
    """
    application = launch.finish(
        before + ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE, **env
    )
    assert f"runs gRPC {not by_helper}" in application.output
    note = "by OTLP grpc from a helper process; with GRPC_ENABLE_FORK_SUPPORT=false it needs none"
    assert (note in application.output) == by_helper
    assert names(receiver) == ["child", "work"]


def test_what_ended_before_a_fork_is_sent_by_the_parent_alone(launch: Launcher, receiver: Receiver) -> None:
    script = "    wait_for(fork(send, 'child'))"
    launch.finish(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert names(receiver) == ["child", "work"]


@pytest.mark.parametrize("parent", [ONE_SPAN + FORK, SENDER], ids=["before", "after"])
def test_the_resource_of_a_child_is_that_of_its_parent(launch: Launcher, receiver: Receiver, parent: str) -> None:
    script = "    wait_for(fork(send, 'child'))"
    launch.finish(parent + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    first, second = receiver.spans
    assert first.resource == second.resource
    assert first.resource["service.instance.id"] == "u-1"


def test_a_call_under_way_goes_on_while_the_process_forks(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import threading, time
    call = threading.Thread(target=lambda: print("call ended", telemetry.flush(20)))
    call.start()
    input()
    started = time.monotonic()
    child = fork(send, "child")
    print("fork took", time.monotonic() - started)
    call.join()
    wait_for(child)
    """
    receiver.hold()
    application = launch.script(ONE_SPAN + FORK + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    receiver.wait_for_requests(1)
    application.write("\n")
    assert float(application.after("fork took")) < 2
    receiver.wait_for_requests(2)
    receiver.release()
    application.after("child ended with 0")
    assert application.wait() == 0
    assert "call ended True" in application.output
    assert "child sent True" in application.output
    assert names(receiver) == ["child", "work"]
    assert receiver.cancelled == 0


@pytest.mark.parametrize("parent", [ONE_SPAN + FORK, SENDER], ids=["before", "after"])
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
    application = launch.script(parent + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    application.after("ready")
    application.write("\n")
    application.after("child ended with -15")
    assert application.wait() == 0
    assert names(receiver) == ["child", "work"]


def test_a_grandchild_has_a_helper_process_of_its_own(launch: Launcher, receiver: Receiver) -> None:
    script = """
    def work():
        send("child")
        wait_for(fork(send, "grandchild"))
        send("child again")

    wait_for(fork(work))
    """
    launch.finish(SENDER + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert names(receiver) == ["child", "child again", "grandchild", "work"]


# --- The helper process ----------------------------------------------------------------------------------------------

# Its child waits for a line and sends another span, then for the signal that ends it.
CHILD_WITH_HELPER = (
    SENDER
    + """
    def work():
        send("child")
        print("child is", os.getpid())
        input()
        signal.signal(signal.SIGUSR1, lambda number, frame: sys.exit(0))
        {more}
        print("goes on")
        while True:
            signal.pause()

    wait_for(fork(work))
    print("waits")
    signal.pause()
"""
)


@pytest.mark.parametrize(("number", "status"), [("SIGUSR1", 0), ("SIGTERM", -15), ("SIGKILL", -9)])
def test_the_helper_process_ends_with_the_process_that_it_helps(
    launch: Launcher, receiver: Receiver, number: str, status: int
) -> None:
    script = CHILD_WITH_HELPER.format(more="")
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    child = int(application.after("child is"))
    (helper,) = children(child)
    with Ending(helper) as ending:
        application.write("\n")
        application.after("goes on")
        os.kill(child, signal.Signals[number])
        application.after(f"child ended with {status}")
        ending.wait(10)
    application.after("waits")


def test_a_grandchild_keeps_no_helper_process_of_its_parent(launch: Launcher, receiver: Receiver) -> None:
    script = CHILD_WITH_HELPER.format(more="fork(signal.pause)")
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    child = int(application.after("child is"))
    (helper,) = children(child)
    application.write("\n")
    application.after("goes on")
    (grandchild,) = children(child) - {helper}
    with Ending(helper) as ending:
        os.kill(child, signal.SIGKILL)
        ending.wait(10)
    os.kill(grandchild, signal.SIGKILL)


def test_a_helper_process_that_has_died_is_started_again(launch: Launcher, receiver: Receiver) -> None:
    script = CHILD_WITH_HELPER.format(more="send('more')")
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    (helper,) = children(int(application.after("child is")))
    with Ending(helper) as ending:
        os.kill(helper, signal.SIGKILL)
        ending.wait(10)
    application.write("\n")
    application.after("more sent True")
    assert names(receiver) == ["child", "more", "work"]


def test_signals_to_all_processes_do_not_end_the_helper_process(launch: Launcher, receiver: Receiver) -> None:
    script = CHILD_WITH_HELPER.format(more="send('more')")
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    child = int(application.after("child is"))
    (helper,) = children(child)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(helper, number)
    application.write("\n")
    application.after("more sent True")
    assert children(child) == {helper}


def test_a_helper_process_that_is_at_work_sends_what_it_has_when_the_child_is_killed(
    launch: Launcher, receiver: Receiver
) -> None:
    script = CHILD_WITH_HELPER.format(more="send('more')")
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    child = int(application.after("child is"))
    receiver.hold()
    application.write("\n")
    receiver.wait_for_requests(3)
    os.kill(child, signal.SIGKILL)
    application.after("child ended with -9")
    receiver.release()
    receiver.wait_for_spans(1, lambda span: span.name == "more")


@pytest.mark.parametrize(
    "stand_in", [None, "exit 1", "exec cat > /dev/null"], ids=["is missing", "ends", "says nothing"]
)
def test_a_helper_process_that_does_not_work_is_said_once_and_holds_nobody_up(
    launch: Launcher, receiver: Receiver, tmp_path: Path, stand_in: str | None
) -> None:
    python = tmp_path / "python"
    if stand_in is not None:
        python.write_text(f"#!/bin/sh\n{stand_in}\n")
        python.chmod(0o755)
    script = f"""
    import time, shared_telemetry
    shared_telemetry._HELPER_START_SECONDS = 0.2
    sys.executable = {str(python)!r}

    def work():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        started = time.monotonic()
        send("child")
        send("child")
        print("took", time.monotonic() - started)
        sys.exit(0)

    wait_for(fork(work))
    """
    application = launch.finish(
        SENDER + script,
        OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint,
        OTEL_EXPORTER_OTLP_TIMEOUT="0.3",
        **LATE,
    )
    assert "child ended with 0" in application.output
    assert application.output.count("spans are lost: ") == 1
    assert float(application.output.partition("took ")[2].split()[0]) < 10
    assert names(receiver) == ["work"]


def test_in_a_server_that_embeds_python_the_helper_process_is_run_by_python(
    launch: Launcher, receiver: Receiver
) -> None:
    script = "    sys.executable = '/bin/false'; wait_for(fork(send, 'child'))"
    launch.finish(SENDER + script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert names(receiver) == ["child", "work"]


def test_a_child_ends_in_time_when_the_collector_does_not_answer(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import time
    telemetry.flush()

    def work():
        trace.get_tracer("test").start_span("child").end()
        sys.exit(0)

    input()
    started = time.monotonic()
    wait_for(fork(work))
    print("took", time.monotonic() - started)
    os._exit(0)
    """
    script = (ONE_SPAN + FORK + script).replace("setup_telemetry()", "setup_telemetry(flush_timeout_seconds=2)")
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, "OTEL_EXPORTER_OTLP_TIMEOUT": "60", **LATE}
    application = launch.script(script, **env)
    receiver.wait_for_spans(1)
    receiver.hold()
    application.write("\n")
    assert float(application.after("took")) < 10
    assert application.wait() == 0
    assert "spans may be lost: they were not sent within 2 s" in application.output
