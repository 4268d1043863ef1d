"""How Chinese characters are read out."""


def syllables(text: str) -> list[str]:
    """The pinyin of each character without its tone; what is not Chinese stays as it is."""
    from pypinyin import lazy_pinyin  # takes a third of a second to import

    found: list[str] = lazy_pinyin(text)
    return found
