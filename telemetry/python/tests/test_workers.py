"""Workers that end by os._exit, so that nothing runs at exit."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from applications import Launcher
from receiver import Receiver

ENV = {"OTEL_BSP_SCHEDULE_DELAY": "600000", "OTEL_SERVICE_NAME": "a", "K8S_POD_UID": "u-1"}


def to(receiver: Receiver) -> dict[str, str]:
    http = {"SHARED_TELEMETRY_HTTP_ENDPOINT": receiver.http_endpoint}
    return {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint, **http, **ENV}


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
@pytest.mark.parametrize("setup", ["when imported", "in the worker", "after a span of the parent"])
def test_a_worker_of_multiprocessing_sends_its_spans_at_its_end(
    launch: Launcher, receiver: Receiver, tmp_path: Path, method: str, setup: str
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from opentelemetry import trace
from shared_telemetry import setup_telemetry

if {setup != "in the worker"}:
    telemetry = setup_telemetry()

def work(name):
    setup_telemetry()
    trace.get_tracer("test").start_span(name).end()

if __name__ == "__main__":
    if {setup == "after a span of the parent"}:
        work("parent")
        telemetry.flush()
    context = multiprocessing.get_context("{method}")
    processes = [context.Process(target=work, args=(f"process {{number}}",)) for number in range(2)]
    [process.start() for process in processes]
    [process.join() for process in processes]
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        list(pool.map(work, ["pool 1", "pool 2"]))
    print("ended with", [process.exitcode for process in processes])
"""
    )
    application = launch(str(program), **to(receiver))
    assert application.wait(60) == 0, application.output
    assert "ended with [0, 0]" in application.output
    assert sorted(span.name for span in receiver.spans if span.name != "parent") == [
        "pool 1",
        "pool 2",
        "process 0",
        "process 1",
    ]
    assert {span.resource["service.instance.id"] for span in receiver.spans} == {"u-1"}


@pytest.mark.parametrize(
    ("options", "tasks", "workers"), [(["--max-tasks-per-child", "2"], 4, 2), ([], 3, 1)], ids=["recycled", "stopped"]
)
def test_the_workers_of_celery_send_their_spans(
    launch: Launcher, receiver: Receiver, tmp_path: Path, options: list[str], tasks: int, workers: int
) -> None:
    (tmp_path / "tasks.py").write_text(
        f"""
import os
from celery import Celery
from opentelemetry import trace
from shared_telemetry import setup_telemetry

telemetry = setup_telemetry()
trace.get_tracer("test").start_span("main").end()
telemetry.flush()
app = Celery("tasks", broker="sqla+sqlite:///{tmp_path}/broker.sqlite", backend="db+sqlite:///{tmp_path}/results.sqlite")

@app.task
def work(number):
    trace.get_tracer("test").start_span(f"task {{number}}").end()
    return os.getpid()
"""
    )
    (tmp_path / "send.py").write_text(
        f"from tasks import work; results = [work.delay(number) for number in range({tasks})]\n"
        "print('processes', len({result.get(timeout=60) for result in results}))"
    )
    path = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parent.parent}", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    flags = ["--loglevel", "INFO", "--concurrency", "1", "--without-gossip", "--without-mingle", *options]
    worker = launch("-m", "celery", "-A", "tasks", "worker", *flags, **to(receiver), **path)
    worker.after("ready.", 60)
    caller = launch(str(tmp_path / "send.py"), **path, OTEL_SDK_DISABLED="true")
    assert caller.wait(90) == 0, caller.output
    assert f"processes {workers}" in caller.output
    if not options:
        # After a recycled one, Celery kills the next when it stops, and may wait for ever for the lock that it held.
        worker.send(signal.SIGTERM)
        assert worker.wait(60) == 0, worker.output
    receiver.wait_for_spans(1 + tasks)
    assert sorted(span.name for span in receiver.spans) == ["main", *(f"task {n}" for n in range(tasks))], worker.output
