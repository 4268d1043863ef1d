"""Charts that say one thing each: the finding is the title, labels stand at the marks."""

from pages._ui.charts.bars import Bar, bar_chart
from pages._ui.charts.bullets import Bullet, bullet_chart
from pages._ui.charts.chances import Chance, Mark, chance_chart
from pages._ui.charts.curves import Curve, curves_chart
from pages._ui.charts.dumbbells import Dumbbell, dumbbell_chart
from pages._ui.charts.lines import MOST, Event, Line, line_chart
from pages._ui.charts.matrix import cell_of, matrix_chart
from pages._ui.charts.quadrants import Corners, Spot, quadrant_chart
from pages._ui.charts.radar import Outline, radar_chart
from pages._ui.charts.ranges import Range, range_chart
from pages._ui.charts.show import Chosen, show_chart
from pages._ui.charts.spans import Milestone, Span, span_chart

__all__ = [
    "MOST",
    "Bar",
    "Bullet",
    "Chance",
    "Chosen",
    "Corners",
    "Curve",
    "Dumbbell",
    "Event",
    "Line",
    "Mark",
    "Milestone",
    "Outline",
    "Range",
    "Span",
    "Spot",
    "bar_chart",
    "bullet_chart",
    "cell_of",
    "chance_chart",
    "curves_chart",
    "dumbbell_chart",
    "line_chart",
    "matrix_chart",
    "quadrant_chart",
    "radar_chart",
    "range_chart",
    "show_chart",
    "span_chart",
]
