"""A page as a strict reader sees it."""

import html5lib
from django.http import HttpResponse


def tree(response: HttpResponse):
    """The page's tree, drawings by their plain names too; fails on anything that is not well-formed HTML."""
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def text_of(element) -> str:
    """All text below it, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def find(response: HttpResponse, tag: str, class_: str = "") -> list:
    """The elements with this tag and, where it is given, this class."""
    found = tree(response).iter(tag)
    return [element for element in found if not class_ or class_ in (element.get("class") or "").split()]


def rows(response: HttpResponse) -> list[str]:
    """The statements on a timeline, in order."""
    return [text_of(element.find(".//h2")) for element in find(response, "li", "row")]
