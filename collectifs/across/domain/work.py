"""What is asked of the worker about several subjects at once."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Work


@dataclass(frozen=True)
class MakeDataCopy(Work):
    """Gather what is known of somebody who asked for it, and seal it."""

    copy_id: UUID
