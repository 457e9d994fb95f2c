"""Real web servers on the loopback that misbehave on purpose.

A `Mirror` holds files, and answers each request with a manner: a function of the handler and of
the bytes that were asked for.
"""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mirror(ThreadingHTTPServer):
    """Serves `files` (name -> bytes) while its block lasts; `asked` lists the names asked for."""

    daemon_threads = True

    def __init__(self, files, manner):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.manner = files, manner
        self.asked = []
        self.stopped = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/sets/"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        self.server.asked.append(name)
        self.server.manner(self, self.server.files[name])

    def log_message(self, *arguments):
        """Say nothing."""

    def answer(self, body, status=200, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def serves(handler, body):
    handler.answer(body)


def labels_it_as_packed(handler, body):
    handler.answer(body, Content_Encoding="gzip")


def sends_it_in_chunks(handler, body):
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for part in (body[:100], body[100:], b""):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))


def redirects(handler, body):
    if "/moved/" in handler.path:
        handler.answer(body)
    else:
        handler.answer(b"", 302, Location=f"/moved/{handler.path.rsplit('/', 1)[-1]}")


def redirects_in_a_circle(handler, body):
    handler.answer(b"", 302, Location=handler.path)


def redirects_to_a_file(handler, body):
    handler.answer(b"", 302, Location="file:///etc/hostname")


def redirects_with_an_endless_page(handler, body):
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.end_headers()
    while not handler.server.stopped.is_set():
        handler.wfile.write(bytes(2**16))


def redirects_to_nonsense(handler, body):
    handler.answer(b"", 302, Location="http://[half/.../" + "x" * 300)


def hangs_up(handler, body):
    handler.connection.shutdown(socket.SHUT_RDWR)


def never_answers(handler, body):
    handler.server.stopped.wait()


def stalls(handler, body):
    handler.answer(body[: len(body) // 2], length=len(body))
    handler.server.stopped.wait()


def drips(handler, body):
    handler.answer(b"", length=len(body))
    for place in range(len(body)):
        handler.wfile.write(body[place : place + 1])
        if handler.server.stopped.wait(0.05):
            return


def drips_headers(handler, body):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Endless: ")
    while not handler.server.stopped.wait(0.05):
        handler.wfile.write(b"x")


def drips_the_length_of_a_chunk(handler, body):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not handler.server.stopped.wait(0.05):
        handler.wfile.write(b"0")


def cuts_off(handler, body):
    handler.answer(body[: len(body) // 2], length=len(body))


def cuts_off_chunks(handler, body):
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"%x\r\n%s" % (len(body), body[:50]))


def sends_too_little(handler, body):
    handler.answer(body[:-1])


def sends_nothing(handler, body):
    handler.answer(b"")


def sends_html(handler, body):
    handler.answer(b"<!DOCTYPE html><title>Sign in</title>", Content_Type="text/html")


def sends_wrong_bytes(handler, body):
    handler.answer(body[:-1] + bytes([body[-1] ^ 1]))


def sends_endlessly(handler, body):
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopped.is_set():
        handler.wfile.write(bytes(2**16))


def sends_garbage(handler, body):
    handler.wfile.write(b"\x00\xff" * 500)


def status(number):
    """Return the manner that answers with a status and a page."""

    def answers(handler, body):
        handler.answer(b"<html>no</html>", number, Content_Type="text/html")

    answers.__name__ = f"answers_{number}"
    return answers


def recovers(times):
    """Return the manner that answers 503 a number of times, and then serves."""
    left = iter(range(times))

    def answers(handler, body):
        if next(left, None) is None:
            serves(handler, body)
        else:
            status(503)(handler, body)

    return answers


def refusing_url():
    """Return a URL at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/sets/"


GOOD = [serves, redirects, labels_it_as_packed, sends_it_in_chunks]
QUICKLY_BAD = [
    status(403),
    status(404),
    status(500),
    status(503),
    cuts_off,
    cuts_off_chunks,
    hangs_up,
    redirects_in_a_circle,
    redirects_to_a_file,
    redirects_to_nonsense,
    redirects_with_an_endless_page,
    sends_endlessly,
    sends_garbage,
    sends_html,
    sends_nothing,
    sends_too_little,
    sends_wrong_bytes,
]
SLOWLY_BAD = [never_answers, stalls, drips, drips_headers, drips_the_length_of_a_chunk]
