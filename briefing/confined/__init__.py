"""Work on what others wrote, in a child process that cannot hang, swallow or reach anything.

In: a function that can be imported by name, and its arguments. Out: its result, or an error that
says which bound was met. A template that we do not ship is rendered so.
"""

from briefing.confined.bounds import Bounds as Bounds
from briefing.confined.parent import Confined as Confined
