"""Real web servers on the loopback that misbehave on purpose.

A `Mirror` holds files, and answers each request with a manner: a function of the request's
handler and of the bytes of the file. `GOOD`, `QUICKLY_BAD` and `SLOWLY_BAD` list them by name.
"""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mirror(ThreadingHTTPServer):
    """Serves `files` (name -> bytes) in a with block; `requests` lists the names asked for."""

    daemon_threads = True

    def __init__(self, files, manner):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.manner = files, manner
        self.requests, self.encodings = [], []
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
        """Print nothing about clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        self.server.requests.append(name)
        self.server.encodings.append(self.headers["Accept-Encoding"])
        self.server.manner(self, self.server.files[name])

    def log_message(self, *arguments):
        """Print nothing."""

    def answer(self, body, status=200, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def serves(handler, body):
    handler.answer(body)


def chunks(whole):
    """Return the manner that sends a file in two chunks, all of the second or a part of it."""

    def answers(handler, body):
        half = len(body) // 2
        rest = body[half:] + b"\r\n0\r\n\r\n" if whole else body[half:-5]
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        handler.wfile.write(b"%x\r\n%s\r\n" % (half, body[:half]))
        handler.wfile.write(b"%x\r\n%s" % (len(body) - half, rest))

    return answers


def redirects(handler, body):
    if "/moved/" in handler.path:
        handler.answer(body)
    else:
        handler.answer(b"", 302, Location=f"/moved/{handler.path.rsplit('/', 1)[-1]}")


def redirects_to(target):
    """Return the manner that redirects to a target, or else to the same place again."""
    return lambda handler, body: handler.answer(b"", 302, Location=target or handler.path)


def sends(damage, **headers):
    """Return the manner that sends what a function makes of the file."""
    return lambda handler, body: handler.answer(damage(body), **headers)


def hangs_up(handler, body):
    handler.connection.shutdown(socket.SHUT_RDWR)


def never_answers(handler, body):
    handler.server.stopped.wait()


def cuts_off(handler, body):
    handler.answer(body[: len(body) // 2], length=len(body))


def stalls(handler, body):
    cuts_off(handler, body)
    handler.server.stopped.wait()


def drips(start, byte):
    """Return the manner that sends a start, and then the same byte now and then."""

    def answers(handler, body):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + start)
        while not handler.server.stopped.wait(0.05):
            handler.wfile.write(byte)

    return answers


def endless(status):
    """Return the manner that answers with a page without end."""

    def answers(handler, body):
        handler.send_response(status)
        handler.send_header("Location", handler.path)
        handler.end_headers()
        while not handler.server.stopped.is_set():
            handler.wfile.write(bytes(2**16))

    return answers


def sends_garbage(handler, body):
    handler.wfile.write(b"\x00\xff" * 500)


def status(number):
    """Return the manner that answers with a status and a page."""
    page = b"<html>no</html>"
    return lambda handler, body: handler.answer(page, number, Content_Type="text/html")


def recovers(times):
    """Return the manner that answers 503 a number of times, and then serves."""
    left = iter([status(503)] * times)
    return lambda handler, body: next(left, serves)(handler, body)


def refusing_url():
    """Return a URL at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/sets/"


sends_endlessly = endless(200)
GOOD = {
    "serves": serves,
    "redirects": redirects,
    "labels it as packed": sends(lambda body: body, Content_Encoding="gzip"),
    "sends it in chunks": chunks(whole=True),
}
QUICKLY_BAD = {
    **{f"answers {number}": status(number) for number in (403, 404, 500, 503)},
    "cuts off": cuts_off,
    "cuts off a chunk": chunks(whole=False),
    "hangs up": hangs_up,
    "redirects in a circle": redirects_to(None),
    "redirects to a file": redirects_to("file:///etc/hostname"),
    "redirects to nonsense": redirects_to("http://[half/.../" + "x" * 300),
    "redirects with an endless page": endless(302),
    "sends endlessly": sends_endlessly,
    "sends garbage": sends_garbage,
    "sends a web page": sends(lambda body: b"<!DOCTYPE html>", Content_Type="text/html"),
    "sends nothing": sends(lambda body: b""),
    "sends too little": sends(lambda body: body[:-1]),
    "sends wrong bytes": sends(lambda body: body[:-1] + bytes([body[-1] ^ 1])),
}
SLOWLY_BAD = {
    "never answers": never_answers,
    "stalls": stalls,
    "drips": drips(b"\r\n", b"x"),
    "drips headers": drips(b"X-Endless: ", b"x"),
    "drips the length of a chunk": drips(b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
}
