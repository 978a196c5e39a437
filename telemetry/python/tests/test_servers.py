"""Real servers: gunicorn with Flask and with FastAPI, and uvicorn alone. Every request has its span."""

from __future__ import annotations

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import pytest

from applications import Application, Launcher
from receiver import Received, Receiver

RESOURCE = "k8s.pod.name=api-0,k8s.pod.uid=u-1,service.instance.id=u-1"
# The batch processor sends nothing by itself: what arrives was flushed.
LATE = {"OTEL_BSP_SCHEDULE_DELAY": "600000"}
SOON = {"OTEL_BSP_SCHEDULE_DELAY": "50"}

PRELOAD = pytest.mark.parametrize("preload", [False, True], ids=["each worker loads", "preload"])
SERVERS = pytest.mark.parametrize("server", ["flask", "flask threads", "fastapi", "fastapi native"])

_WORKERS = {
    "flask": ["flask_app:app", "--worker-class", "sync"],
    "flask threads": ["flask_app:app", "--worker-class", "gthread", "--threads", "4"],
    "fastapi": ["fastapi_app:app", "--worker-class", "uvicorn_worker.UvicornWorker"],
    "fastapi native": ["fastapi_app:app", "--worker-class", "asgi"],
}


class Server:
    def __init__(self, application: Application, mark: str) -> None:
        self.application = application
        self.address = application.after(mark).split()[0]

    def wait_for_workers(self) -> None:
        self.workers = [int(self.application.after("Worker ready: ")) for _ in range(2)]

    def get(self, path: str) -> str:
        with urlopen(f"{self.address}{path}", timeout=20) as response:
            return str(response.read(), "utf-8").strip('"')

    def work(self, requests: int) -> set[int]:
        """Sends so many requests, several at a time, and gives the ids of the processes that answered."""
        with ThreadPoolExecutor(8) as pool:
            return {int(text) for text in pool.map(lambda number: self.get(f"/work/{number}"), range(requests))}


def environment(receiver: Receiver, **more: str) -> dict[str, str]:
    return {
        "OTEL_SERVICE_NAME": "api-gateway",
        "OTEL_RESOURCE_ATTRIBUTES": RESOURCE,
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint,
        "SHARED_TELEMETRY_HTTP_ENDPOINT": receiver.http_endpoint,
        **more,
    }


def gunicorn(launch: Launcher, server: str, preload: bool, env: dict[str, str]) -> Server:
    flags = ["--bind", "127.0.0.1:0", "--workers", "2", "--no-control-socket", *(["--preload"] if preload else [])]
    command = ["-m", "gunicorn", *_WORKERS[server], "--config", "python:gunicorn_conf", *flags]
    running = Server(launch(*command, **env), "Listening at: ")
    running.wait_for_workers()
    return running


def assert_one_span_a_request(spans: list[Received], requests: int) -> None:
    assert len(spans) == requests
    assert len({span.span_id for span in spans}) == requests
    for span in spans:
        assert span.is_server
        assert span.resource["service.name"] == "api-gateway"
        assert span.resource["service.instance.id"] == "u-1"
        assert span.resource["k8s.pod.name"] == "api-0"


@SERVERS
@PRELOAD
def test_the_spans_of_all_workers_arrive_while_they_run(
    launch: Launcher, receiver: Receiver, server: str, preload: bool
) -> None:
    running = gunicorn(launch, server, preload, environment(receiver, **SOON))
    running.work(40)
    assert_one_span_a_request(receiver.wait_for_spans(40), 40)


@SERVERS
@PRELOAD
def test_no_span_is_lost_when_the_master_is_told_to_stop_with_a_request_under_way(
    launch: Launcher, receiver: Receiver, server: str, preload: bool
) -> None:
    running = gunicorn(launch, server, preload, environment(receiver, **LATE))
    running.work(40)
    with socket.create_server(("127.0.0.1", 0)) as gate, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(running.get, f"/slow/{gate.getsockname()[1]}")
        connection, _ = gate.accept()
        assert receiver.spans == []
        running.application.send(signal.SIGTERM)
        running.application.after("Handling signal: term")
        connection.sendall(b"done")
        connection.close()
        assert answer.result() == "done"
    assert running.application.wait() == 0
    assert_one_span_a_request(receiver.spans, 41)


@SERVERS
@pytest.mark.parametrize("batches", [SOON, LATE], ids=["soon", "at the end"])
def test_the_workers_of_a_master_that_has_sent_spans_send_theirs_and_all_end_in_time(
    launch: Launcher, receiver: Receiver, server: str, batches: dict[str, str]
) -> None:
    env = environment(receiver, STARTUP_SPAN="1", STARTUP_FLUSH="1", **batches)
    running = gunicorn(launch, server, True, env)
    assert [span.name for span in receiver.spans] == ["startup"]
    for pid in running.workers:
        os.kill(pid, signal.SIGKILL)
    running.wait_for_workers()
    assert running.work(40) <= set(running.workers)
    if batches is SOON:
        receiver.wait_for_spans(40, lambda span: span.is_server)
    started = time.monotonic()
    running.application.send(signal.SIGTERM)
    assert running.application.wait() == 0
    assert time.monotonic() - started < 15
    assert_one_span_a_request([span for span in receiver.spans if span.is_server], 40)


def test_a_collector_that_is_away_does_not_hold_up_a_server(launch: Launcher, silent_port: int) -> None:
    env = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{silent_port}",
        "STARTUP_SPAN": "1",
        "FLUSH_TIMEOUT_SECONDS": "1",
        **SOON,
    }
    running = gunicorn(launch, "flask", True, env)
    running.work(40)
    started = time.monotonic()
    running.application.send(signal.SIGTERM)
    assert running.application.wait() == 0
    # Once for the workers, which end together, and once for the master, which ends after them.
    assert time.monotonic() - started < 9


def test_uvicorn_alone_loses_no_span(launch: Launcher, receiver: Receiver) -> None:
    application = launch("-m", "uvicorn", "fastapi_app:app", "--port", "0", **environment(receiver, **LATE))
    running = Server(application, "Uvicorn running on ")
    running.work(40)
    assert receiver.spans == []
    application.send(signal.SIGTERM)
    application.wait()
    assert_one_span_a_request(receiver.spans, 40)
