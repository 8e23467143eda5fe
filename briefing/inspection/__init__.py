"""Templates put to the test: printed with findings that bring out what is wrong with them.

In: a template. Out: problems, each with file and line, in seconds and without a model; and the
fixtures, which a preview shows as well.
"""

from briefing.inspection.checks import check as check
from briefing.inspection.checks import inspect as inspect
from briefing.inspection.fixtures import Fixture as Fixture
from briefing.inspection.fixtures import fixtures as fixtures
from briefing.inspection.fixtures import in_language as in_language
from briefing.inspection.problems import Problem as Problem
from briefing.inspection.problems import as_records as as_records
from briefing.inspection.problems import as_text as as_text
