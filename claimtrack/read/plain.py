"""Plain text, with or without a title line."""

from __future__ import annotations

import re

from claimtrack.read.draft import Draft, first_line, one_line

_LONGEST_TITLE = 200
_ENDS_LIKE_BODY = re.compile(r"""([.…]["'”’»)]*|[,;:–—-])\Z""")
_INITIALS = re.compile(r"\b[A-Z]\.\Z")


def read_plain(text: str) -> Draft:
    """Give the text without its outer blanks, and the title where the first line looks like one.

    >>> read_plain("\\nFerry sinks off Marl\\n\\nNobody was hurt.\\n").title
    'Ferry sinks off Marl'
    >>> read_plain("Nobody was hurt.\\n\\nThe ferry sank on Monday.").title is None
    True
    """
    text = text.strip()
    line = first_line(text)
    if not _looks_like_title(line, text[len(line) :]):
        return Draft(form="text", text=text)
    return Draft(form="text", text=text, title=one_line(line), guessed=("title: the first line",))


def _looks_like_title(line: str, rest: str) -> bool:
    """Tell whether a first line is short, no sentence, and stands apart from what follows."""
    line = line.rstrip()
    if not rest or len(line) > _LONGEST_TITLE:
        return False
    if _ENDS_LIKE_BODY.search(line) and not _INITIALS.search(line):
        return False
    if line.count("“") != line.count("”") or line.count('"') % 2:
        return False  # a quotation goes on: the line was broken in the middle of the body
    following = first_line(re.sub(r"\A(\r\n|\r|\n)", "", rest))
    # The lines of a hard-wrapped paragraph are about equally long.
    return not following.strip() or len(following) >= 2 * len(line)
