"""Small pieces of wording that the review's document and page share."""


def cut(text: str, most: int) -> str:
    """A wording's beginning on one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]} …"


def sentence(text: str) -> str:
    """Words as a sentence: its first letter a capital, and a full stop behind it."""
    plain = text.strip()
    ended = plain if not plain or plain[-1] in ".!?" else f"{plain}."
    return ended[:1].upper() + ended[1:]
