"""Resources that a run on a cluster used."""

from __future__ import annotations

from datalint.support.classes import mutable


@mutable
class Usage:
    """Counters of tasks on a cluster: their number and seconds of CPU, the bytes of data that were mapped, the rows
    that were read again, and the bytes that were sent to tasks and returned."""

    tasks: int = 0
    seconds: float = 0.0
    mapped: int = 0
    rows: int = 0
    sent: int = 0
    returned: int = 0

    def __str__(self) -> str:
        return (
            f"{self.tasks:,} tasks, {self.seconds / 3600:.4f} core-hours; {self.mapped / 1e6:,.1f} MB read, and "
            f"{self.rows:,} rows again; {self.sent / 1e6:,.1f} MB sent to tasks, {self.returned / 1e6:,.1f} MB returned"
        )
