"""Runs commands in forks of one process that has imported everything: most need as long to import.

`python warm.py SOCKET` waits for commands, which `prepared.CLIENT` sends.
"""

import importlib
import json
import os
import socket
import sys
from contextlib import suppress

import smaller  # noqa: F401  before all that reads its values
from mnistviz.cli.signals import main

MODULES = ("cli.app", "film.render", "film.still", "training.render", "report.write")


def serve(path):
    for name in MODULES:
        importlib.import_module(f"mnistviz.{name}")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        while True:
            client, _ = listener.accept()
            if os.fork() == 0:
                run(client)
            client.close()
            with suppress(ChildProcessError):  # there are no more
                while any(os.waitpid(-1, os.WNOHANG)):
                    pass


def run(client):
    """Run the command of a client as a new process would, and send it the exit status."""
    length, files, *_ = socket.recv_fds(client, 4, 3)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    with client.makefile("rb") as stream:
        folder, variables, arguments = json.loads(stream.read(int.from_bytes(length, "big")))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["mnistviz", *arguments]
    status = 1
    try:
        main()
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        client.send(bytes([status]))
        os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
