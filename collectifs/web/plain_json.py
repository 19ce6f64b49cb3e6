"""JSON as it travels: accents as they are, which is six times shorter than « \\u00e9 »."""

from typing import Any

from flask.json.provider import DefaultJSONProvider


class PlainJson(DefaultJSONProvider):
    """Flask's own, without escapes but where a text holds what no file can (half of a sign): then all are escaped."""

    ensure_ascii = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """The object as JSON that can be encoded."""
        words = super().dumps(obj, **kwargs)
        try:
            words.encode()
        except UnicodeEncodeError:
            return super().dumps(obj, **{**kwargs, "ensure_ascii": True})
        return words
