"""Text as Claimline keeps it: one normal form, nothing that cannot be seen, nothing a database or a page chokes on."""

import unicodedata

# Letters of right-to-left scripts need no marks to be read; the overriding ones only serve to disguise a text.
DISGUISES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
LINE_ENDS = frozenset("\n\t")


class OddText(ValueError):
    """Text that is refused at the door; the message says which character and where."""


def plain(text: str, *, is_long: bool = False) -> str:
    """The text in Unicode's composed form (NFC), without space around it.

    A long text keeps its line ends and tabs; in a short one they are refused like every other control character.
    Raises OddText for control characters, NUL, lone surrogates, code points that are no characters, and marks that
    reverse the direction of what follows.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n") if is_long else text
    for position, character in enumerate(text, start=1):
        if is_long and character in LINE_ENDS:
            continue
        if (
            character in DISGUISES
            or unicodedata.category(character) in {"Cc", "Cs"}
            or ord(character) & 0xFFFE == 0xFFFE
        ):
            raise OddText(
                f"Character {position} cannot be kept (U+{ord(character):04X}). Remove it, or paste as plain text."
            )
    return unicodedata.normalize("NFC", text).strip()
