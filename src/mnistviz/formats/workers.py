"""Has the segments of a film made: here, in processes, or on a cluster."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from mnistviz.config import Workers
from mnistviz.errors import OptionError, VideoError
from mnistviz.formats.cluster import cluster
from mnistviz.formats.painted import Made, Task, Watch

Job = tuple[int, Task]  # a segment's number, and how to make it

IN_FLIGHT = 2  # segments for each worker: one that it makes, and the next
MOST_DEATHS = 3  # of workers, one after another without a segment between
# A server that has imported everything forks workers at once; elsewhere each imports it anew.
_METHOD = "forkserver" if sys.platform == "linux" else "spawn"
PRELOADED = ["mnistviz.film.reel", "mnistviz.training.reel"]
GUARD = "a script that renders with workers must do so under: if __name__ == '__main__'"


def made(
    tasks: Iterable[Job], segments: int, workers: Workers, watch: Watch
) -> Iterator[tuple[int, Made]]:
    """Make segments, and yield each as it is done.

    Parameters
    ----------
    tasks
        Number and task of each segment; taken one by one, so that few are in memory at once.
    segments
        How many there are.
    workers
        Who makes them.
    watch
        Is told of pictures that are painted.

    Raises
    ------
    VideoError
        If a segment cannot be made, or workers die again and again.
    """
    count = count_of(workers, segments)
    if workers.scheduler:
        with cluster(workers.scheduler) as (executor, threads):
            yield from _made_by(lambda: executor, tasks, IN_FLIGHT * threads, watch)
    elif count > 1:
        with _processes(count) as start:
            yield from _made_by(start, tasks, IN_FLIGHT * count, watch)
    else:
        for number, task in tasks:
            yield number, task(watch)


def prepare(workers: Workers, segments: int) -> None:
    """Have workers ready before they are needed: they start while this process does other work.

    Raises
    ------
    MnistvizError
        As `cluster`, if the workers of a cluster cannot work.
    """
    if workers.scheduler:
        with cluster(workers.scheduler):
            pass
    elif count_of(workers, segments) > 1 and not _has_temporary_folder():
        raise OptionError(
            "several workers need a temporary folder, and none can be written: name one in the "
            "environment variable TMPDIR, or take one worker"
        )
    elif _METHOD == "forkserver" and count_of(workers, segments) > 1:
        from multiprocessing import forkserver  # which not every system has

        get_context(_METHOD).set_forkserver_preload(PRELOADED)
        # The terminal's Ctrl-C is for this process: what it starts here never gets to see it.
        usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def count_of(workers: Workers, segments: int) -> int:
    """Return the number of processes: as many as asked for, or as there are cores; 1 is this."""
    if workers.processes is not None:
        return min(workers.processes, segments)
    if not _has_temporary_folder():  # in which processes meet
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, segments))


def _has_temporary_folder() -> bool:
    try:
        return bool(tempfile.gettempdir())
    except FileNotFoundError:
        return False


def _made_by(
    start: Callable[[], Executor], tasks: Iterable[Job], most: int, watch: Watch
) -> Iterator[tuple[int, Made]]:
    """Keep an executor busy with at most so many segments at once.

    A dead process breaks an executor of processes: another is started, and makes what was lost.
    """
    executor, deaths = start(), 0
    again: list[Job] = []
    waiting, pending = iter(tasks), dict[Future[Made], Job]()
    while True:
        try:
            while len(pending) < most and (job := again.pop() if again else next(waiting, None)):
                again.append(job)  # until it is under way
                pending[executor.submit(job[1])] = job
                again.pop()
            if not pending:
                return
            done = wait(pending, return_when=FIRST_COMPLETED).done
            for future in sorted(done, key=lambda future: future.exception() is not None):
                result = future.result()
                number, task = pending.pop(future)
                deaths = 0
                watch(len(task.segment.frames))
                yield number, result
        except BrokenProcessPool as error:
            deaths += 1
            again += pending.values()
            pending.clear()
            if deaths == MOST_DEATHS:
                numbers = ", ".join(str(number + 1) for number, _ in sorted(again, key=_number))
                raise VideoError(
                    f"worker processes died {deaths} times in a row, at the last with segments "
                    f"{numbers}: was memory short? Take fewer workers, as in --workers 1; {GUARD}"
                ) from error
            executor = start()


def _number(job: Job) -> int:
    return job[0]


@contextmanager
def _processes(count: int) -> Iterator[Callable[[], Executor]]:
    """Yield what starts so many worker processes; at the end of the block all are gone.

    They end with a pipe whose other end is here: when it is closed, or when this process dies.
    """
    context = get_context(_METHOD)
    lifeline, ours = context.Pipe(duplex=False)
    started: list[ProcessPoolExecutor] = []

    def start() -> Executor:
        executor = ProcessPoolExecutor(count, context, _live_with, (lifeline,))
        started.append(executor)
        return executor

    try:
        yield start
    finally:
        ours.close()
        for executor in started:
            # A worker may have died while it sent a segment. With this end open, to which nobody
            # writes, the executor would wait for the rest of that without end.
            executor._result_queue._writer.close()  # type: ignore[attr-defined]
            executor.shutdown(cancel_futures=True)
        lifeline.close()


def _live_with(lifeline: Connection) -> None:
    """Leave Ctrl-C to the process that started this one, and end when that one closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)
