"""The error that a journalist sees when a date cannot be read."""

ADVICE = "Write a date such as “by June 2027”, “Q3 2026” or 2027-06-15."
LONGEST_QUOTE = 80


def quoted(text: str) -> str:
    """Give the text in curly quotes, short and printable, for use inside a sentence."""
    printable = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?").strip()
    shown = printable if len(printable) <= LONGEST_QUOTE else printable[:LONGEST_QUOTE].rstrip() + "…"
    return f"“{shown}”"


class UnreadableDate(ValueError):
    """Text that is not a date Claimline reads, with a sentence that says what to do about it."""

    def __init__(self, reason: str, *, text: str = "", fragment: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text
        self.fragment = text if fragment is None else fragment
