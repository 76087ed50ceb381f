"""`claimtrack push`."""

from __future__ import annotations

from claimtrack.cli.sharing import make_command

command = make_command("push")
