"""How a deliberation opinion is handled, and how a resolution is: two procedures, declared.

Sources: 监督法 arts. 17, 29, 37 (handed over, agency consults the committee, written report, told to deputies,
published, optional resolution and tracking); the periods come from the opinion's own wording or the law files.
"""

from __future__ import annotations

from bihuan.modules.opinions.procedure.opinion import OPINION
from bihuan.modules.opinions.procedure.resolution import RESOLUTION

__all__ = ["OPINION", "RESOLUTION"]
