"""Templates: what a folder promises, where folders lie, and their sandboxed rendering.

In: a template's name or folder. Out: `TemplateSpec`, checked when loaded, and from a `Brief` the
HTML that `render` prints. Source text is escaped everywhere; nothing a template can write
switches that off.
"""

from briefing.templating.contract import CONTRACT as CONTRACT
from briefing.templating.contract import PAGE as PAGE
from briefing.templating.contract import TemplateSpec as TemplateSpec
from briefing.templating.loading import load as load
from briefing.templating.options import Option as Option
from briefing.templating.options import choose as choose
from briefing.templating.places import find as find
from briefing.templating.places import is_shipped as is_shipped
from briefing.templating.places import names as names
from briefing.templating.places import places as places
from briefing.templating.rendering import render_template as render_template
from briefing.templating.sandbox import data_uri as data_uri
from briefing.templating.sandbox import environment as environment
from briefing.templating.sandbox import is_web_address as is_web_address
