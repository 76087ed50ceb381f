"""A server on this computer that behaves as badly as servers do."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator

Answer = Callable[[socket.socket, "Server"], None]


class Server:
    """Answers each path with a function that writes to the connection; `asked` holds the request lines."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.requests: list[str] = []
        self.stopped = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.stopped.set()
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65_536)
                if not piece:
                    return
                request += piece
            path = request.split()[1].decode()
            self.asked.append(path)
            self.requests.append(request.decode("latin-1"))
            self.answers[path](connection, self)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[Server]:
    """Give a server for the time of a test."""
    server = Server(answers)
    try:
        yield server
    finally:
        server.close()


def page(body: bytes | str, *, status: str = "200 OK", kind: str = "text/html", **headers: str) -> Answer:
    """Give an answer with the body as it is."""
    data = body.encode() if isinstance(body, str) else body

    def answer(connection: socket.socket, server: Server) -> None:
        told = {"Content-Type": kind, "Content-Length": str(len(data))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + data)

    return answer


def redirect(to: str) -> Answer:
    return page(b"", status="302 Found", Location=to)


def slow_drip(connection: socket.socket, server: Server) -> None:
    """A byte now and then: no single wait is long, all together are endless."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while not server.stopped.wait(0.05):
        connection.sendall(b"x")


def slow_headers(connection: socket.socket, server: Server) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not server.stopped.wait(0.05):
        connection.sendall(b"X-More: yes\r\n")


def endless(connection: socket.socket, server: Server) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not server.stopped.is_set():
        connection.sendall(b"and so on " * 1000)


def huge_headers(connection: socket.socket, server: Server) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Header: " + b"a" * 2_000_000 + b"\r\n\r\n")


def cut_off(connection: socket.socket, server: Server) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>The ferry")


def lying_length(connection: socket.socket, server: Server) -> None:
    """It says ten bytes and sends more: the rest is not part of the answer."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nThe ferry sank.")


def silent(connection: socket.socket, server: Server) -> None:
    server.stopped.wait(20)


def no_http(connection: socket.socket, server: Server) -> None:
    connection.sendall(b"220 mail.example ESMTP\r\n")
    time.sleep(0.05)


BOMB = gzip.compress(b"\0" * 60_000_000)
