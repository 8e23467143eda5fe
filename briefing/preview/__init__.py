"""A page on this machine that shows a template while somebody works on it.

In: a template's name or folder. Out: a server on the loopback interface, alone for whoever has
its address, that renders again whenever a file of the template changes. What is wrong with the
template is shown on the page, beside the last good output; it never ends the server.
"""

from briefing.preview.serving import serve as serve
