"""The other end of line-channel.ts: answers questions until nobody asks any more."""

import json
import socket
import threading


class Lines:
    def __init__(self, path):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(path)
        # Two files: one for both directions would forget what it has read ahead whenever it writes.
        self._questions = connection.makefile("r", encoding="utf-8")
        self._answers = connection.makefile("w", encoding="utf-8")
        self._lock = threading.RLock()

    def answer(self, commands):
        for line in self._questions:
            question = json.loads(line)
            try:
                self._say({"answer": commands[question.pop("do")](**question)})
            except Exception as error:  # the one who asked must know
                self._say({"error": repr(error)})

    def last_words(self, words):
        self._say({"last": words})

    def _say(self, message):
        with self._lock:
            self._answers.write(json.dumps(message) + "\n")
            self._answers.flush()
