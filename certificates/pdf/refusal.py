"""A certificate that cannot be printed as it is; refused before a number is spent on it."""


class CannotPrint(ValueError):
    """``field`` is the path of the text (``recipient.name_ja``); ``characters`` those without a glyph.

    ``characters`` is "" where every glyph is there but the text does not fit its place even at the smallest size.
    """

    def __init__(self, field: str, characters: str = "") -> None:
        self.field = field
        self.characters = characters
        reason = f"no glyph for {characters!r}" if characters else "it does not fit its place"
        super().__init__(f"{field} cannot be printed: {reason}")
