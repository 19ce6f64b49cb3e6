"""What each kind of job does: a name in the table, a function here."""

from collections.abc import Callable

from collectifs.kernel.vault import destroy_key

WORK: dict[str, Callable[..., None]] = {}


def work_of(kind: str) -> Callable[..., None]:
    """The function of a kind. Raises KeyError for a kind that nobody wrote."""
    return WORK[kind]


def job(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare that a function does the jobs of a kind."""

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        WORK[kind] = work
        return work

    return declare


@job("destroy_key")
def destroy(key_id: str) -> None:
    """Destroy a key, once the transaction that decided it was committed."""
    destroy_key(key_id)
