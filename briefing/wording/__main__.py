"""`python -m briefing.wording [TEMPLATE-FOLDER]`: bring catalogues up to date and check them.

Without a folder those that ship with the package, from its code and templates; with one those in
its `locales/`, from its templates.
"""

from __future__ import annotations

import sys
from pathlib import Path

from briefing.wording.catalogues import faults, read
from briefing.wording.extraction import main, own_messages, shipped_messages

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else None
    wanted = own_messages(folder) if folder else shipped_messages()
    found = [
        f"{path.name}: {fault}" for path in main(folder) for fault in faults(read(path), wanted)
    ]
    print(*found, sep="\n")  # noqa: T201 - a command for translators
    sys.exit(bool(found))
