"""The one way in which a rule says no, and how a writer says that it must read again."""


class RuleBroken(Exception):
    """A refusal, in a French sentence that a person can act upon.

    `field` names the form field that the sentence belongs to, when there is one.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def on_top(self) -> "RuleBroken":
        """The same refusal, shown above the form instead of beside its field."""
        return RuleBroken(self.sentence)


class MovedMeanwhile(Exception):
    """What a writing relied on changed since it was read: nothing was written, and the request is run again."""
