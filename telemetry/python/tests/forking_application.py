"""An application that forks again and again while a thread of it sends: python forking_application.py WAVES [freeze].

Each wave is CHILDREN forks of processes that live side by side, each ends SPANS spans and then as Python ends. With
"freeze" the parent calls gc.freeze() before, as Python's documentation advises: its children end three times as fast.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import threading
import time

from opentelemetry import trace

from shared_telemetry import setup_telemetry

CHILDREN, SPANS, PATIENCE_SECONDS = 6, 10, 120.0

telemetry = setup_telemetry(flush_timeout_seconds=20)
tracer = trace.get_tracer("test")
tracer.start_span("parent").end()
telemetry.flush()
sent_by_thread = 1
stop = threading.Event()


def send() -> None:
    global sent_by_thread
    while not stop.is_set():
        tracer.start_span("parent").end()
        sent_by_thread += 1
        telemetry.flush()
        time.sleep(0.005)


def end_in_time(child: int, deadline: float) -> bool:
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return True
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


if "freeze" in sys.argv:
    gc.collect()
    gc.freeze()
sender = threading.Thread(target=send)
sender.start()
hung = 0
for wave in range(int(sys.argv[1])):
    children = []
    for number in range(CHILDREN):
        pid = os.fork()
        if pid == 0:
            faulthandler.dump_traceback_later(PATIENCE_SECONDS / 2)
            for span in range(SPANS):
                tracer.start_span(f"child {os.getppid()} {wave} {number} {span}").end()
            sys.exit(0)
        children.append(pid)
    deadline = time.monotonic() + PATIENCE_SECONDS
    hung += sum(not end_in_time(child, deadline) for child in children)
stop.set()
sender.join()
print(f"hung {hung}, sent by the parent {sent_by_thread}", flush=True)
