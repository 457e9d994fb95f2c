"""A warm mnistviz: a process that has imported all of it, and forks for each command it is sent.

To start Python and import NumPy and matplotlib takes longer than most commands of the pages
would. `python warm.py SOCKET` serves; `python warm.py SOCKET COMMAND ...` is the command, with
the folder, the variables, the input and the output that it was called with.
"""

import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import traceback

LONGEST = 2**16  # bytes, of what is sent


def serve(path):
    """Import everything, say so with a line, and fork for each command until killed."""
    importlib.import_module("smaller")
    from mnistviz.cli.signals import main

    import_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that no child has to be waited for
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        print("ready", flush=True)
        while True:
            client, _ = listening.accept()
            with client:
                sent, files, _, _ = socket.recv_fds(client, LONGEST, 3)
                if os.fork() == 0:
                    run(main, client, files, **json.loads(sent))
                for file in files:
                    os.close(file)


def import_all():
    import mnistviz

    for module in pkgutil.walk_packages(mnistviz.__path__, "mnistviz."):
        if not module.name.endswith("__"):
            importlib.import_module(module.name)


def run(main, client, files, folder, variables, arguments):
    """Be the command in a process of its own: send its exit status, and end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["mnistviz", *arguments]
    try:
        main()
    except SystemExit as exit:
        client.sendall(bytes([exit.code]))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def ask(path, arguments):
    """Have a command run, and return its exit status: 1 if it ended without one."""
    sent = {"folder": os.path.realpath("."), "variables": dict(os.environ), "arguments": arguments}
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        socket.send_fds(server, [json.dumps(sent).encode()], [0, 1, 2])
        return (server.recv(1) or b"\1")[0]


if __name__ == "__main__":
    _, path, *arguments = sys.argv
    sys.exit(ask(path, arguments) if arguments else serve(path))
