"""Tasks over standard input and output: a request on each line, and its answer on a line of its own, as JSON.

First a line {"version": ...} says that the process is ready. A request is {"task": ..., the task's own fields,
"repeats": n, "calls": k, "warmup": seconds, "result": path}; its answer {"seconds": the least, "all": [...]}: n times,
each of k calls in a row (1 unless said) and divided by k. With "result", what the last call gave is written there as raw
float32. {"unknown": true} answers a task that isn't here, {"error": ...} a task that failed.
"""

import json
import sys
import time

# The fields that say how to measure, not what.
MEASURING = ("repeats", "calls", "warmup", "result")


def run_for(work, seconds):
    """Calls `work` until so many seconds have passed; not at all for 0."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        work()


def timed(work, repeats, calls):
    """Seconds of a call, so many times, each from so many calls in a row; and what the last one gave."""
    seconds = []
    given = None
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(calls):
            given = work()
        seconds.append((time.perf_counter() - start) / calls)
    return seconds, given


class Server:
    """Keeps the latest task prepared, since the same one is asked for again and again, between others' turns."""

    def __init__(self, tasks, write):
        """
        `tasks`: by name, functions from a request to the work to be timed. Where work has a `result`, what it gave goes
        through that, outside of the time, before `write(given, path)` keeps it.
        """
        self.tasks = tasks
        self.write = write
        self.prepared = None
        self.work = None

    def prepare(self, request):
        """The work of a request; none where there is no such task."""
        what = {key: value for key, value in request.items() if key not in MEASURING}
        if what != self.prepared:
            # The old task's memory is given back before the new one claims its own.
            self.prepared = self.work = None
            make = self.tasks.get(request["task"])
            self.work = make(request) if make else None
            self.prepared = what
        return self.work

    def answer(self, request):
        """Measures one request."""
        work = self.prepare(request)
        if work is None:
            return {"unknown": True}
        run_for(work, request.get("warmup", 0))
        seconds, given = timed(work, request["repeats"], request.get("calls", 1))
        if "result" in request:
            self.write(work.result(given) if hasattr(work, "result") else given, request["result"])
        return {"seconds": min(seconds), "all": seconds}

    def serve(self, version):
        """Answers requests until the input ends."""
        print(json.dumps({"version": version}), flush=True)
        for line in sys.stdin:
            try:
                answer = self.answer(json.loads(line))
            except Exception as error:  # Whatever goes wrong in a task is the asker's to report.
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)
