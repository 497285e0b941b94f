"""Style sheets and scripts that ``conf.py`` names and that are in no folder of static files: Sphinx links them from all
pages all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builder.errors import asked, warn
from builder.source.config import place_of_option
from builder.source.pictures.names import is_remote

STATIC = "_static"


def warn_of_missing(builder: Any) -> None:
    """Warn of what is not there now that all static files are written, those of themes and extensions, too."""
    static, config = Path(builder.outdir, STATIC), builder.config
    own = [
        str(folder) for folder in config.html_static_path if not Path(folder).is_absolute()
    ]  # as those of others are
    place = f"into {' or '.join(own)}" if own else f"into a folder, as {STATIC}, that html_static_path names"
    for option in ("html_style", "html_css_files", "html_js_files"):
        entries = getattr(config, option) or ()
        for entry in [entries] if isinstance(entries, str) else entries:
            name = entry if isinstance(entry, str) else entry[0]
            if name and not is_remote(name) and not (static / name).is_file():
                beside = [path.relative_to(static).as_posix() for path in static.rglob(f"*{Path(name).suffix}")]
                message = f"{option} names '{name}', which is not there; put it {place}.{asked(name, beside)}"
                warn(message, place_of_option(Path(builder.confdir), option), "option")
