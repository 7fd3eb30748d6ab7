"""Letters by which the entries of a menu are chosen: those that are marked stay, the others get a free one."""

from collections.abc import Sequence


def assigned(texts: Sequence[str]) -> list[str]:
    """Return the texts of one menu with `&` before a letter that no other entry has.

    A letter marked in the text is kept unless an earlier entry has it. Beginnings of words are preferred. An entry for
    which no letter of its own is free has none.
    """
    taken: set[str] = set()
    result = list(texts)
    unmarked: list[int] = []
    for number, text in enumerate(texts):
        letter = _marked(text)
        if letter and letter not in taken:
            taken.add(letter)
        else:
            unmarked.append(number)
    for number in unmarked:
        plain = texts[number].replace("&", "")
        place = next((place for place in _places(plain) if plain[place].casefold() not in taken), None)
        if place is None:
            result[number] = plain
            continue
        taken.add(plain[place].casefold())
        result[number] = f"{plain[:place]}&{plain[place:]}"
    return result


def _marked(text: str) -> str:
    place = text.find("&")
    return text[place + 1 : place + 2].casefold() if place >= 0 else ""


def _places(text: str) -> list[int]:
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    starts = [place for place in letters if place == 0 or text[place - 1] == " "]
    return [*starts, *(place for place in letters if place not in starts)]
