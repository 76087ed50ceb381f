"""Fetching from a server that misbehaves: every limit holds, and the reason is told."""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest

from claimtrack.capture import Limits, addresses, capture_page
from claimtrack.errors import CaptureError
from tests import capture_server as bad
from tests.capture_server import page, redirect, serving

pytest.importorskip("httpcore")

NOW = "2025-11-19T08:30:00Z"
ARTICLE = (
    "<html lang='en'><head><title>Ferry runs aground off Brackwater</title>"
    "<meta property='og:site_name' content='Harbour Post'></head>"
    "<body><article><h1>Ferry runs aground off Brackwater</h1>"
    "<p>All 62 passengers were safe, harbour master Mira Holt said on Friday. The hull held for nine hours.</p>"
    "<p>The ferry had left port at 5:40 a.m. and ran aground in fog, its owners told reporters.</p>"
    "</article></body></html>"
)
QUICK = Limits(seconds=0.6, max_bytes=200_000)


def capture(url: str, **options):
    return capture_page(url, retrieved=NOW, allow_private=True, **({"limits": QUICK} | options))


def test_a_page_comes_with_its_bytes_its_text_and_what_it_says_about_itself() -> None:
    with serving({"/ferry?id=7": page(ARTICLE)}) as server:
        captured = capture(f"{server.url}/ferry?id=7#top")
    assert captured.url == f"{server.url}/ferry?id=7"
    assert captured.size == len(ARTICLE.encode())
    assert captured.contents.title == "Ferry runs aground off Brackwater"
    assert captured.contents.publisher == "Harbour Post"
    assert "All 62 passengers were safe" in captured.contents.text
    assert captured.findings == ()
    assert "User-Agent: claimtrack/" in server.requests[0]
    assert "cookie" not in server.requests[0].lower()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (bad.slow_drip, "took longer than 0.6 seconds"),
        (bad.slow_headers, "took longer than 0.6 seconds"),
        (bad.silent, "took longer than 0.6 seconds"),
        (bad.endless, "sends more than 200,000 bytes"),
        (bad.huge_headers, "the connection failed"),
        (bad.cut_off, "the connection failed"),
        (bad.no_http, "the connection failed"),
        (page(bad.BOMB, Content_Encoding="gzip"), "unpacks to more than 200,000 bytes"),
        (page(gzip.compress(bad.BOMB), Content_Encoding="gzip, gzip"), "unpacks to more than 200,000 bytes"),
        (page(b"no gzip at all", Content_Encoding="gzip"), "what is packed is damaged"),
        (page(gzip.compress(b"The ferry sank. " * 50)[:-20], Content_Encoding="gzip"), "damaged (it ends too early)"),
        (page(b"x", Content_Encoding="br"), "is packed as 'br'"),
        (page("gone", status="404 Not Found"), "the server answered 404 Not Found"),
        (page("later", status="503 Service Unavailable"), "the server answered 503"),
        (page(b"MZ", kind="application/x-msdownload"), "sends application/x-msdownload, which is not captured"),
        (redirect("/here"), "redirects in a circle"),
        (redirect("file:///etc/passwd"), "only http and https URLs are fetched"),
        (redirect("http://ana:secret@port.example/"), "user name or password"),
    ],
    ids=[
        *("drip", "slow-headers", "silent", "endless", "huge-headers", "cut-off", "no-http", "bomb", "bomb-in-bomb"),
        *("bad-gzip", "cut-gzip", "brotli", "404", "503", "program", "circle", "file", "password"),
    ],
)
def test_what_a_server_does_wrong_ends_with_the_reason(answer: bad.Answer, why: str) -> None:
    began = time.monotonic()
    with serving({"/here": answer}) as server, pytest.raises(CaptureError) as told:
        capture(f"{server.url}/here")
    assert why in str(told.value)
    assert time.monotonic() - began < 10


def test_redirects_are_followed_and_told_but_not_for_ever() -> None:
    answers = {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    with serving(answers | {"/9": page(ARTICLE)}) as server:
        captured = capture(f"{server.url}/7")
        with pytest.raises(CaptureError, match="redirects more than 5 times"):
            capture(f"{server.url}/1")
    assert captured.url == f"{server.url}/9"
    assert [finding.code for finding in captured.findings] == ["capture-redirected"]


def test_a_length_that_lies_takes_no_more_than_it_said() -> None:
    with serving({"/": bad.lying_length}) as server:
        assert capture(server.url).contents.text == "The ferry"


@pytest.mark.parametrize("wrap", [False, True], ids=["raw", "zlib"])
def test_deflate_is_read_in_both_its_forms(wrap: bool) -> None:
    packing = zlib.compressobj(wbits=zlib.MAX_WBITS if wrap else -zlib.MAX_WBITS)
    data = packing.compress(b"The ferry sank off Brackwater.") + packing.flush()
    with serving({"/": page(data, kind="text/plain", Content_Encoding="deflate")}) as server:
        assert capture(server.url).contents.text == "The ferry sank off Brackwater."


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-kr", "klingon", "rot13"])
def test_a_wrong_charset_in_the_header_spoils_no_utf_8(charset: str) -> None:
    with serving({"/": page("Fähre läuft auf Grund", kind=f"text/plain; charset={charset}")}) as server:
        assert capture(server.url).contents.text == "Fähre läuft auf Grund"


def test_a_charset_that_only_the_header_names_is_used() -> None:
    with serving({"/": page("Паром сел на мель".encode("koi8-r"), kind="text/plain; charset=koi8-r")}) as server:
        assert capture(server.url).contents.text == "Паром сел на мель"


def test_a_page_that_says_it_is_not_there_is_kept_and_flagged() -> None:
    head = "<html><head><title>Page not found | Harbour Post</title></head>"
    gone = f"{head}<body><p>Sorry!</p><p>Try the search.</p></body></html>"
    with serving({"/ferry": page(gone), "/old": redirect("/"), "/": page(ARTICLE)}) as server:
        assert "capture-not-found" in [finding.code for finding in capture(f"{server.url}/ferry").findings]
        assert "capture-not-found" in [finding.code for finding in capture(f"{server.url}/old").findings]


def test_an_article_about_missing_pages_is_not_flagged() -> None:
    text = "The council said the report was no longer available. " + "The auditors asked for it in March. " * 30
    with serving({"/": page(text, kind="text/plain")}) as server:
        assert capture(server.url).findings == ()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "2001::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "no address"),
    ],
)
def test_addresses_of_ones_own_network_are_not_public_in_any_clothes(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_addresses_of_the_public_internet_are_public(address: str) -> None:
    assert addresses.is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "017700000001"]
)
def test_this_computer_is_not_asked_however_it_is_written(host: str) -> None:
    with serving({"/": page(ARTICLE)}) as server:
        port = server.url.rpartition(":")[2]
        with pytest.raises(CaptureError):
            capture_page(f"http://{host}:{port}/", retrieved=NOW, limits=QUICK)
        assert server.asked == []


def answering(*found: str):
    def getaddrinfo(host, port, *_, **__):
        family = socket.AF_INET6 if ":" in found[0] else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return getaddrinfo


def test_one_private_address_among_many_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answering("93.184.216.34", "10.0.0.7"))
    with pytest.raises(CaptureError, match=r"port\.example: leads to 10\.0\.0\.7"):
        capture_page("http://port.example/", retrieved=NOW, limits=QUICK)


def test_a_name_that_resolves_anew_cannot_change_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was looked at: the name is resolved once for each hop."""
    asked: list[str] = []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        return answering("127.0.0.1")(host, port)

    with serving({"/": page(ARTICLE)}) as server:
        monkeypatch.setattr(addresses.socket, "getaddrinfo", getaddrinfo)
        port = server.url.rpartition(":")[2]
        capture(f"http://port.example:{port}/")
        assert asked.count("port.example") == 1
        assert f"Host: port.example:{port}" in server.requests[0]


def test_a_redirect_to_a_private_address_is_looked_at_like_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let through here, as if it were public; the second is not."""
    with serving({"/": redirect("http://169.254.169.254/latest/meta-data/")}) as server:
        monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
        with pytest.raises(CaptureError, match=r"leads to 169\.254\.169\.254"):
            capture_page(server.url, retrieved=NOW, limits=QUICK)
        assert server.asked == ["/"]


def test_a_resolver_that_hangs_does_not_hang_the_capture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: time.sleep(5) or [])
    began = time.monotonic()
    with pytest.raises(CaptureError, match="did not resolve in time"):
        capture_page("http://port.example/", retrieved=NOW, limits=QUICK)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ferry",
        "ftp://port.example/x",
        "http://",
        "http://[::1",
        "http://a b/",
        "http://port.example:99999/",
        "javascript:x",
    ],
)
def test_what_is_no_web_address_is_told(url: str) -> None:
    with pytest.raises(CaptureError):
        capture_page(url, retrieved=NOW)
