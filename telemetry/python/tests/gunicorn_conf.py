from __future__ import annotations

from typing import Any


def post_worker_init(worker: Any) -> None:
    # Before this, a worker loses a SIGTERM that the master passes on, and the master waits 30 s for it.
    worker.log.info("Worker ready: %s", worker.pid)
