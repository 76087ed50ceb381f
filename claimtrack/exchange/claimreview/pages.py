"""Where linked data stands in an HTML page: `<script type="application/ld+json">`, as a browser would find it.

One pass in linear time by the tokenisation rules of the HTML standard (section 13.2.5): what stands in a comment, an
attribute or another script is text there and no block. A whole HTML parser is slower and drops what is nested deeply.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import attrs

# No group is possessive: Python 3.11.2 matches those wrongly. The alternatives begin differently, so it stays linear.
_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))*"""
_TAG = re.compile(rf"<([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>")
_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?""")
# Elements whose content is text whatever it looks like (13.2.5.1, 13.4).
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_DULL = re.compile(
    rf"(?:[^<]++|<(?![a-z/!?])|</[^>]*+>|<(?!(?:{'|'.join(_RAW)})[\s/>])[a-z][^\s/>]*+{_ATTRIBUTES}>)*", re.IGNORECASE
)


@attrs.frozen(slots=True)
class Block:
    """One script of linked data: its text, the line where it starts, and whether its element was closed."""

    text: str
    line: int
    closed: bool


def find_blocks(page: str) -> Iterator[Block]:
    """Give the blocks of linked data in a page.

    >>> [block.text for block in find_blocks('<p>Port news<script type="application/ld+json">{}</script>')]
    ['{}']
    """
    place = 0
    while (passed := _DULL.match(page, place)) is not None and (start := passed.end()) < len(page):
        if page.startswith("<!--", start):
            end = page.find("-->", start + 2)
            place = end + 3
        elif page[start + 1] in "!?":
            end = page.find(">", start)
            place = end + 1
        elif (tag := _TAG.match(page, start)) is not None:
            name = tag[1].lower()
            closing = _RAW[name].search(page, tag.end())
            if name == "script" and _is_linked_data(tag[2]):
                inside = page[tag.end() : closing.start() if closing else len(page)]
                yield Block(inside, page.count("\n", 0, tag.end()) + 1, closing is not None)
            end = place = closing.end() if closing else -1
        else:
            return  # the tag never ends, so a browser sees nothing after it either
        if end < 0:
            return


def _is_linked_data(attributes: str) -> bool:
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == "type":
            written = html.unescape(found[2] or found[3] or found[4] or "")
            return written.split(";")[0].strip().lower() == "application/ld+json"
    return False
