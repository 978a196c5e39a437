"""One setup in a process, nothing lost at its end, and no application that waits for a collector."""

from __future__ import annotations

import shutil
import signal
import subprocess
import textwrap
import time

import pytest

from applications import ONE_SPAN, Launcher
from receiver import Receiver

# Nothing leaves before the end.
LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000", "SERVICE_NAME": "a"}

# One span, then waits for signals.
WAIT = (
    ONE_SPAN
    + """
    import signal
    print("ready")
    while True:
        signal.pause()
"""
)


def test_a_second_call_gives_the_same_handle_and_sends_nothing_twice(launch: Launcher, receiver: Receiver) -> None:
    again = """
    import threading
    others = []
    threads = [threading.Thread(target=lambda: others.append(setup_telemetry())) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    print("same", len(others), all(each is telemetry for each in others))
    """
    application = launch.finish(ONE_SPAN + again, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert "same 8 True" in application.output
    assert application.output.count("spans of a go to") == 1
    assert len(receiver.spans) == 1


def test_spans_are_sent_at_exit(launch: Launcher, receiver: Receiver) -> None:
    launch.finish(ONE_SPAN, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert len(receiver.spans) == 1


def test_spans_are_sent_at_exit_by_an_exception(launch: Launcher, receiver: Receiver) -> None:
    application = launch.script(
        ONE_SPAN + "    raise SystemExit(3)", OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE
    )
    assert application.wait() == 3
    assert len(receiver.spans) == 1


def test_what_other_processors_of_the_provider_hold_is_sent_at_exit_too(launch: Launcher, receiver: Receiver) -> None:
    add = """
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter
    trace.get_tracer_provider().add_span_processor(BatchSpanProcessor(ConsoleSpanExporter()))
    trace.get_tracer("test").start_span("printed").end()
    """
    application = launch.finish(ONE_SPAN + add, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert '"name": "printed"' in application.output
    assert len(receiver.spans) == 2


def test_flush_sends_and_shutdown_sends_and_stops(launch: Launcher, receiver: Receiver) -> None:
    rest = """
    print("flushed", telemetry.flush())
    tracer = trace.get_tracer("test")
    tracer.start_span("second").end()
    print("shut down", telemetry.shutdown(), telemetry.shutdown())
    tracer.start_span("third").end()
    """
    application = launch.finish(ONE_SPAN + rest, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert "flushed True" in application.output
    assert "shut down True True" in application.output
    assert [span.name for span in receiver.spans] == ["work", "second"]


SIGNALS = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])


@SIGNALS
def test_a_signal_sends_spans_and_still_ends_the_process_as_it_does(
    launch: Launcher, receiver: Receiver, number: signal.Signals
) -> None:
    application = launch.script(WAIT, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    application.after("ready")
    application.send(number)
    assert application.wait() == -number
    assert len(receiver.spans) == 1


@SIGNALS
@pytest.mark.parametrize("end", ["sys.exit(7)", "os._exit(7)"])
def test_a_signal_sends_spans_and_runs_the_handler_of_the_application(
    launch: Launcher, receiver: Receiver, end: str, number: signal.Signals
) -> None:
    handler = f"""
    import os, signal, sys
    def stop(number, frame):
        print("stopping on", number, frame is not None, flush=True)
        {end}
    signal.signal({int(number)}, stop)
    """
    application = launch.script(handler + WAIT, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    application.after("ready")
    application.send(number)
    assert application.wait() == 7
    assert f"stopping on {int(number)} True" in application.output
    assert len(receiver.spans) == 1


def test_spans_that_end_after_sigterm_are_sent_at_exit(launch: Launcher, receiver: Receiver) -> None:
    handler = """
    import signal
    asked = []
    signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    """
    graceful = WAIT.replace("while True:", "while not asked:") + "    trace.get_tracer('test').start_span('last').end()"
    application = launch.script(handler + graceful, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    application.after("ready")
    application.send(signal.SIGTERM)
    assert application.wait() == 0
    assert [span.name for span in receiver.spans] == ["work", "last"]


@SIGNALS
def test_an_application_that_ignores_a_signal_still_does(
    launch: Launcher, receiver: Receiver, number: signal.Signals
) -> None:
    ignore = f"    import signal; signal.signal({int(number)}, signal.SIG_IGN)"
    check = f"    print('ignored', signal.getsignal({int(number)}) == signal.SIG_IGN)"
    application = launch.finish(ignore + ONE_SPAN + check, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert "ignored True" in application.output


def test_a_second_sigterm_ends_a_process_at_once(launch: Launcher, receiver: Receiver) -> None:
    receiver.hold()
    script = WAIT.replace("setup_telemetry()", "setup_telemetry(flush_timeout_seconds=60)")
    env = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, "OTEL_EXPORTER_OTLP_TIMEOUT": "60", **LATE}
    application = launch.script(script, **env)
    application.after("ready")
    application.send(signal.SIGTERM)
    receiver.wait_for_requests(1)
    application.send(signal.SIGTERM)
    assert application.wait(seconds=10) == -signal.SIGTERM


def test_process_1_of_a_container_sends_its_spans_and_lives_on_as_without(launch: Launcher, receiver: Receiver) -> None:
    """By default the kernel does nothing when process 1 gets SIGTERM."""
    unshare = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]
    if shutil.which("unshare") is None or subprocess.run([*unshare, "true"], check=False).returncode != 0:
        pytest.skip("this machine makes no PID namespaces")
    script = """
    import os
    os.kill(os.getpid(), 15)
    trace.get_tracer("test").start_span("second").end()
    os.kill(os.getpid(), 15)
    print("lives on as", os.getpid())
    os._exit(0)
    """
    start = f"import os, sys; os.execvp('unshare', [*{unshare}, sys.executable, '-c', sys.argv[1]])"
    application = launch(
        "-c", start, textwrap.dedent(ONE_SPAN + script), OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE
    )
    assert application.wait() == 0, application.output
    assert "lives on as 1\n" in application.output
    assert [span.name for span in receiver.spans] == ["work", "second"]


def test_setup_works_in_a_thread_that_may_not_handle_signals(launch: Launcher, receiver: Receiver) -> None:
    script = """
    import signal, threading
    from opentelemetry import trace
    from shared_telemetry import setup_telemetry
    thread = threading.Thread(target=setup_telemetry)
    thread.start()
    thread.join()
    print("enabled", setup_telemetry().enabled)
    trace.get_tracer("test").start_span("work").end()
    print("untouched", signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)
    """
    application = launch.finish(script, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, **LATE)
    assert "enabled True" in application.output
    assert "untouched True" in application.output
    assert len(receiver.spans) == 1


# --- The collector is away -------------------------------------------------------------------------------------------


@pytest.fixture(params=["nobody listens", "nobody answers", "no such name"])
def away(request: pytest.FixtureRequest, silent_port: int, closed_port: int) -> str:
    return {
        "nobody listens": f"http://127.0.0.1:{closed_port}",
        "nobody answers": f"http://127.0.0.1:{silent_port}",
        "no such name": "http://collector.invalid:4317",
    }[request.param]


def test_neither_setup_nor_spans_wait_for_the_collector(launch: Launcher, away: str) -> None:
    script = """
    import time
    from opentelemetry import trace
    import opentelemetry.sdk.trace.export, opentelemetry.exporter.otlp.proto.grpc.trace_exporter
    from shared_telemetry import setup_telemetry

    started = time.perf_counter()
    setup_telemetry(flush_timeout_seconds=0.1)
    print("setup took", time.perf_counter() - started)
    tracer = trace.get_tracer("test")
    longest = 0.0
    for _ in range(5000):
        started = time.perf_counter()
        tracer.start_span("work").end()
        longest = max(longest, time.perf_counter() - started)
    print("a span took", longest)
    """
    application = launch.script(
        script, OTEL_EXPORTER_OTLP_ENDPOINT=away, OTEL_BSP_SCHEDULE_DELAY="10", SERVICE_NAME="a"
    )
    assert float(application.after("setup took")) < 0.3
    assert float(application.after("a span took")) < 0.5
    assert application.wait() == 0


@pytest.mark.parametrize("by_signal", [False, True])
def test_the_end_of_the_process_waits_no_longer_than_agreed(launch: Launcher, away: str, by_signal: bool) -> None:
    script = WAIT.replace("setup_telemetry()", "setup_telemetry(flush_timeout_seconds=1)")
    if not by_signal:
        script = script.partition("while True")[0]
    application = launch.script(script, OTEL_EXPORTER_OTLP_ENDPOINT=away, **LATE)
    application.after("ready")
    started = time.monotonic()
    if by_signal:
        application.send(signal.SIGTERM)
    assert application.wait() == (-signal.SIGTERM if by_signal else 0)
    assert 0.5 < time.monotonic() - started < 4
    assert by_signal or "spans may be lost: they were not sent within 1 s" in application.output


def test_a_handler_of_the_application_does_not_wait_long(launch: Launcher, silent_port: int) -> None:
    handler = """
    import os, signal
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(7))
    """
    endpoint = f"http://127.0.0.1:{silent_port}"
    application = launch.script(handler + WAIT, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, **LATE)
    application.after("ready")
    started = time.monotonic()
    application.send(signal.SIGTERM)
    assert application.wait() == 7
    assert time.monotonic() - started < 3


def test_spans_arrive_again_when_the_collector_is_back(launch: Launcher, receiver: Receiver) -> None:
    more = (
        WAIT.replace("while True:\n        signal.pause()", "input()")
        + """
    trace.get_tracer("test").start_span("later").end()
    """
    )
    application = launch.script(
        more, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, OTEL_BSP_SCHEDULE_DELAY="50", SERVICE_NAME="a"
    )
    receiver.wait_for_spans(1)
    receiver.stop()
    application.write("\n")
    application.after("Transient error")
    receiver.start()
    receiver.wait_for_spans(2)


# --- Whatever is missing or wrong, the application goes on ------------------------------------------------------------


@pytest.mark.parametrize(
    "missing",
    [
        "opentelemetry",
        "opentelemetry.sdk",
        "opentelemetry.exporter.otlp.proto.grpc",
        "opentelemetry.exporter.otlp.proto.http",
    ],
)
def test_a_missing_package_is_named_and_the_application_goes_on(launch: Launcher, missing: str) -> None:
    script = f"""
    import sys
    sys.modules["{missing}"] = None
    from shared_telemetry import setup_telemetry
    print("enabled", setup_telemetry(object()).enabled)
    """
    application = launch.finish(script, SERVICE_NAME="a")
    assert "enabled False" in application.output
    assert application.output.count("no spans are sent: ModuleNotFoundError") == 1
    assert "write pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-grpc" in application.output


def test_the_module_needs_nothing_but_python_to_be_imported(launch: Launcher) -> None:
    application = launch("-S", "-c", "import shared_telemetry; print(shared_telemetry.setup_telemetry().enabled)")
    assert application.wait() == 0
    assert "False" in application.output


@pytest.mark.parametrize("variable", ["OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE"])
def test_a_variable_that_the_sdk_refuses_is_named_and_the_application_goes_on(launch: Launcher, variable: str) -> None:
    application = launch.finish(
        ONE_SPAN + "    print('enabled', telemetry.enabled)", SERVICE_NAME="a", **{variable: "-1"}
    )
    assert "enabled False" in application.output
    assert "no spans are sent: ValueError('max_" in application.output
