"""`claimtrack pull`."""

from __future__ import annotations

from claimtrack.cli.sharing import make_command

command = make_command("pull")
