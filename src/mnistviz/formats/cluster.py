"""Workers of a Dask cluster, through the same interface as processes of this machine."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from mnistviz.errors import MnistvizError, OptionError, VideoError
from mnistviz.formats.fingerprint import versions

SECONDS = 20  # to reach a scheduler
RETRIES = 3  # of a segment whose worker was lost, by Dask


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Yield the executor of an existing Dask cluster, and the number of its threads.

    Parameters
    ----------
    address
        Of the scheduler, as 'tcp://HOST:8786'.

    Raises
    ------
    OptionError
        If Dask is not installed here, or no scheduler answers.
    VideoError
        If the cluster has no workers, has programs of other versions than this machine, or fails.
    """
    try:
        from distributed import Client  # an extra
    except ImportError:
        raise OptionError(
            "a scheduler needs Dask: install it with pip install 'mnistviz[dask]'"
        ) from None
    try:
        connect: Any = Client
        client = connect(address, timeout=SECONDS, name="mnistviz")
    except (OSError, ValueError, TimeoutError) as error:
        raise OptionError(
            f"no Dask scheduler answers at {address}: {error}; start one with 'dask scheduler', "
            "which prints its address"
        ) from None
    with client:
        check(client)
        threads = sum(client.nthreads().values())
        try:
            yield client.get_executor(pure=False, retries=RETRIES), threads
        except MnistvizError:
            raise
        except Exception as error:  # a worker lost too often, a scheduler that is gone
            said = str(error).partition("\n")[0]
            raise VideoError(
                f"the cluster at {address} failed: {type(error).__name__}: {said}; look at its "
                "workers' logs, and run the same command again"
            ) from error


def check(client: Any) -> None:
    """Make sure that every worker draws and encodes as this machine does; errors as `cluster`."""
    if not client.nthreads():
        raise VideoError("the cluster has no workers; start some with 'dask worker ADDRESS'")
    ours = versions()
    for address, theirs in client.run(versions, on_error="return").items():
        if isinstance(theirs, Exception):
            raise VideoError(f"the worker {address} cannot work with mnistviz: {theirs}")
        for name, version in ours.items():
            if theirs.get(name) != version:
                raise VideoError(
                    f"the worker {address} has {name} {theirs.get(name)}, and this machine has "
                    f"{version}: the same film needs the same versions"
                )
