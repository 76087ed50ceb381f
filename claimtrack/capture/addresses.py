"""Which addresses may be fetched from: those of the public internet, in whatever form they are written.

A name can lead to an address inside the reader's own network (server-side request forgery), so every address that a
name resolves to is looked at, and the connection goes to the very address that was.
"""

from __future__ import annotations

import ipaddress
import socket
import threading

from claimtrack.errors import CaptureError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses in which another one is written: RFC 6052 (NAT64), RFC 4291 (the old IPv4-compatible form).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_NEVER = (ipaddress.IPv6Network("64:ff9b:1::/48"), ipaddress.IPv6Network("2001::/32"))  # RFC 8215; Teredo


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, and so is each that is written in it.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1",
    ...                             "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "2606:2800:220:1::1")]
    [True, False, False, False, False, False, True]
    """
    try:
        return all(_is_global(one) for one in _with_inner(ipaddress.ip_address(address.partition("%")[0])))
    except ValueError:
        return False


def _is_global(address: Address) -> bool:
    never = isinstance(address, ipaddress.IPv6Address) and any(address in network for network in _NEVER)
    odd = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    return address.is_global and not odd and not never


def _with_inner(address: Address) -> tuple[Address, ...]:
    """Give the addresses that count: the one in another's clothes, and the other where it is routed itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return address, address.sixtofour
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address,)


def find_addresses(host: str, port: int, *, seconds: float, allow_private: bool = False) -> tuple[str, ...]:
    """Give the addresses that a host's name resolves to.

    Raises CaptureError where there is none, where resolving takes too long, and where any of them is not public (unless
    `allow_private`).
    """
    found: list[str] = []
    trouble: list[OSError | UnicodeError] = []

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            trouble.append(error)

    # The system's resolver has no time limit of its own.
    waiting = threading.Thread(target=resolve, daemon=True)
    waiting.start()
    waiting.join(max(0.0, seconds))
    if waiting.is_alive():
        raise CaptureError(f"{host}: the name did not resolve in time; try again later")
    if trouble or not found:
        raise CaptureError(
            f"{host}: the name does not resolve ({trouble[0] if trouble else 'no address'}); check the URL"
        )
    private = [] if allow_private else [address for address in found if not is_public(address)]
    if private:
        raise CaptureError(
            f"{host}: leads to {private[0]}, which is no address of the public internet, and was not asked; "
            "allow_private=True (--allow-private) fetches from your own network"
        )
    return tuple(found)
