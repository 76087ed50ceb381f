"""`python -m claimtrack`: the same as the `claimtrack` command."""

from claimtrack.cli.main import main

if __name__ == "__main__":
    main(prog_name="claimtrack")
