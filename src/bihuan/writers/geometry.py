"""The measures of an official paper, once, for every writer. Source: GB/T 9704-2012, section named.

Millimetres end in _MM, points in _PT (1 pt = 1/72 inch), relative measures in characters of 3号.
"""

from __future__ import annotations

from typing import Final

MM_PER_PT: Final = 25.4 / 72

# 5.2 Page and type area: A4, 37 mm above and 28 mm left of an area of 156 × 225 mm.
PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0
TOP_MM: Final = 37.0
LEFT_MM: Final = 28.0
WIDTH_MM: Final = 156.0
HEIGHT_MM: Final = 225.0
RIGHT_MM: Final = PAGE_WIDTH_MM - LEFT_MM - WIDTH_MM
BOTTOM_MM: Final = PAGE_HEIGHT_MM - TOP_MM - HEIGHT_MM

# 8 A table across the page: the page turned a quarter, its head towards the binding edge. The type area stays
# the same, so what was left (28 mm) is now above, and what was below (35 mm) is now left.
TURNED_WIDTH_MM: Final = HEIGHT_MM
TURNED_TOP_MM: Final = LEFT_MM
TURNED_BOTTOM_MM: Final = RIGHT_MM
TURNED_LEFT_MM: Final = BOTTOM_MM
TURNED_RIGHT_MM: Final = TOP_MM

# 5.2.3 22 lines of 28 characters fill the type area. 28 × 16 pt is 158 mm, two more than there are.
LINES: Final = 22
CHARACTERS: Final = 28

# The sizes by their Chinese names.
SIZE_2_PT: Final = 22.0
SIZE_3_PT: Final = 16.0
SIZE_4_PT: Final = 14.0
SIZE_SMALL_4_PT: Final = 12.0
SIZE_5_PT: Final = 10.5

# Between 28 characters lie 27 spaces; a hair less, or rounding would turn the last out of its line.
TRACKING_PT: Final = (WIDTH_MM / MM_PER_PT - CHARACTERS * SIZE_3_PT) / (CHARACTERS - 1) - 0.0001
CHARACTER_PT: Final = SIZE_3_PT + TRACKING_PT
# The first line's top and the last line's foot touch the type area ("撑满版心").
PITCH_PT: Final = (HEIGHT_MM / MM_PER_PT - SIZE_3_PT) / (LINES - 1)
TITLE_PITCH_PT: Final = 34.0

# 7.2.4 The red head begins 35 mm below the top of the type area; 7.2.7 the rule 4 mm under the number.
HEAD_DROP_MM: Final = 35.0
RULE_GAP_MM: Final = 4.0
RULE_PT: Final = 2.0
HEAD_LARGEST_PT: Final = 46.0
RED: Final = "D7000F"

# 10.1 Letter form: head 30 mm from the page's top, double rules 4 mm below it and 20 mm from the foot,
# 170 mm wide, centred on the page; the number a 7/8 character below the first rule.
LETTER_TOP_MM: Final = 30.0
LETTER_FOOT_MM: Final = 20.0
LETTER_RULE_MM: Final = 170.0
LETTER_LARGEST_PT: Final = 34.0
LETTER_NUMBER_GAP_PT: Final = SIZE_3_PT * 7 / 8

# 7.4.1 Rules of the imprint: the outer ones 0.35 mm, the inner one 0.25 mm.
IMPRINT_OUTER_MM: Final = 0.35
IMPRINT_INNER_MM: Final = 0.25

# 7.5 The page number's dashes stand 7 mm below the type area, one character in from the edge.
NUMBER_DROP_MM: Final = 7.0


def head_size_pt(text: str, *, largest: float) -> float:
    """The size at which a head of this length fills at most 95 % of the type area's width."""
    return min(largest, WIDTH_MM * 0.95 / MM_PER_PT / max(len(text), 1))
