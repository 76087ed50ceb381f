"""One page fetched politely, with limits on everything that a server can make too large or too slow.

No cookies, no proxies, no retries; redirects are followed one by one, each checked like the first address.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import attrs

from claimtrack.capture.addresses import find_addresses
from claimtrack.capture.unpacking import unpack
from claimtrack.errors import CaptureError, MissingExtraError
from claimtrack.version import __version__

USER_AGENT: Final = f"claimtrack/{__version__} (evidence capture; one page at a person's request)"
_REDIRECTS = (301, 302, 303, 307, 308)


@attrs.frozen(slots=True, kw_only=True)
class Limits:
    """What a fetch may cost at most: bytes (as sent, and unpacked), seconds in all, redirects.

    `types` are the media types that are taken, each whole or with `/*`.
    """

    max_bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5
    types: tuple[str, ...] = (
        *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"),
        *("application/json", "text/csv", "image/*"),
    )

    def take(self, content_type: str) -> bool:
        """Tell whether a media type is taken; a server that names none is believed to send a page."""
        kind = content_type.partition(";")[0].strip().lower()
        return not kind or any(kind == one or (one.endswith("/*") and kind.startswith(one[:-1])) for one in self.types)


@attrs.frozen(slots=True, kw_only=True)
class Response:
    """What a server answered: the final URL, the status, the headers, the body as it was sent and as it was meant."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes
    body: bytes
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Give a header's first value, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def fetch(url: str, *, limits: Limits | None = None, allow_private: bool = False) -> Response:
    """Give what a server answers for an http or https URL.

    Raises CaptureError when the URL or an address on the way is not allowed, a limit is passed, the connection breaks,
    or the server answers with an error; MissingExtraError without the extra.
    """
    httpcore = _library()
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    seen: list[str] = []
    url = _checked(url)
    backend = _Backend(httpcore, deadline, allow_private)
    with httpcore.ConnectionPool(network_backend=backend, max_connections=1, retries=0) as pool:
        while True:
            if url in seen:
                raise CaptureError(f"{url}: redirects in a circle; nothing can be captured there")
            if len(seen) > limits.redirects:
                raise CaptureError(
                    f"{seen[0]}: redirects more than {limits.redirects} times; name the last page itself"
                )
            seen.append(url)
            try:
                answer = _ask(pool, url, limits, deadline, tuple(seen))
            except CaptureError:
                raise
            except httpcore.TimeoutException:
                raise CaptureError(
                    f"{url}: took longer than {limits.seconds:g} seconds; --seconds gives it more"
                ) from None
            except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                what = str(error) or type(error).__name__
                raise CaptureError(f"{url}: the connection failed: {what}; try again later") from None
            if isinstance(answer, Response):
                return answer
            url = _checked(urljoin(url, answer))


def _ask(pool: Any, url: str, limits: Limits, deadline: float, seen: tuple[str, ...]) -> Response | str:
    """Give the answer, or where it redirects to."""
    headers = {
        "Host": urlsplit(url).netloc,
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    with pool.stream("GET", url, headers=headers, extensions={"timeout": _timeouts(limits, deadline)}) as answer:
        told = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
        response = Response(
            url=url,
            status=answer.status,
            reason=answer.extensions.get("reason_phrase", b"").decode("latin-1"),
            headers=told,
            sent=b"",
            body=b"",
            redirects=seen[:-1],
        )
        if answer.status in _REDIRECTS and response.header("location"):
            return response.header("location")
        if answer.status != 200:
            raise CaptureError(f"{url}: the server answered {answer.status} {response.reason}; nothing was captured")
        if not limits.take(response.header("content-type")):
            raise CaptureError(
                f"{url}: sends {response.header('content-type')}, which is not captured; accepted are "
                f"{', '.join(limits.types)}"
            )
        sent = _read(answer.iter_stream(), url, limits)
    try:
        body = unpack(sent, response.header("content-encoding"), limits.max_bytes)
    except CaptureError as error:
        raise CaptureError(f"{url}: {error}; nothing was captured") from None
    return attrs.evolve(response, sent=sent, body=body)


def _read(pieces: Iterable[bytes], url: str, limits: Limits) -> bytes:
    found: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limits.max_bytes:
            raise CaptureError(f"{url}: sends more than {limits.max_bytes:,} bytes; --max-bytes takes more")
        found.append(piece)
    return b"".join(found)


def _checked(url: str) -> str:
    """Give a URL without its fragment, if it is one that may be fetched."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode("ascii")  # an IPv6 address is no name
    except (ValueError, UnicodeError) as error:
        raise CaptureError(f"{url[:200]!r}: this is no URL ({error}); give one like https://example.org/page") from None
    if parts.scheme not in ("http", "https") or not host:
        raise CaptureError(f"{url[:200]!r}: only http and https URLs are fetched; a file is captured by its path")
    if parts.username or parts.password:
        raise CaptureError("a URL with a user name or password in it is not fetched: it would stand in the evidence")
    if "%" in host or any(ord(char) <= 32 for char in url.strip()):
        raise CaptureError(f"{url[:200]!r}: this is no URL; give one like https://example.org/page")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    path = _quoted(parts.path or "/")
    return urlunsplit((parts.scheme, netloc, path, _quoted(parts.query), ""))


def _quoted(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="%/:=&?~#+!$,;'@()*[]")


def _timeouts(limits: Limits, deadline: float) -> dict[str, float]:
    rest = max(0.001, min(limits.seconds, deadline - time.monotonic()))
    return dict.fromkeys(("connect", "read", "write", "pool"), rest)


def _library() -> Any:
    try:
        import httpcore
    except ImportError as error:
        raise MissingExtraError(f"capturing needs the extra: pip install 'claimtrack[capture]' ({error})") from None
    return httpcore


class _Backend:
    """Connects to addresses that were checked, and to no others; every wait ends at the deadline."""

    def __init__(self, httpcore: Any, deadline: float, allow_private: bool) -> None:
        self._httpcore = httpcore
        self._real = httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        addresses = find_addresses(
            host, port, seconds=self._deadline - time.monotonic(), allow_private=self._allow_private
        )
        trouble: Exception | None = None
        for address in addresses[:4]:
            rest = self._deadline - time.monotonic()
            if rest <= 0:
                raise self._httpcore.ConnectTimeout("no time is left")
            try:
                stream = self._real.connect_tcp(address, port, timeout=rest, **options)
                return _Stream(stream, self._httpcore, self._deadline)
            except self._httpcore.ConnectError as error:
                trouble = error
        assert trouble is not None
        raise trouble

    def sleep(self, seconds: float) -> None:
        time.sleep(max(0.0, min(seconds, self._deadline - time.monotonic())))


class _Stream:
    """A connection on which no wait goes beyond the deadline, however slowly the other side drips."""

    def __init__(self, stream: Any, httpcore: Any, deadline: float) -> None:
        self._stream = stream
        self._httpcore = httpcore
        self._deadline = deadline

    def _rest(self) -> float:
        rest = self._deadline - time.monotonic()
        if rest <= 0:
            raise self._httpcore.ReadTimeout("no time is left")
        return rest

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, timeout=self._rest())
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._rest())

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=self._rest())
        return _Stream(stream, self._httpcore, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
