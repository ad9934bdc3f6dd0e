"""What people may set: `config.toml` as one frozen value, and where files live.

Every key is optional; one that is not known is named and the program runs. Nothing
here makes or writes a file, and nothing is kept global.
"""

from reader.settings.filters import Filter, load_filters
from reader.settings.loading import load, load_rules, rules_once
from reader.settings.paths import Paths
from reader.settings.tables import (
    FetchSettings,
    PollSettings,
    ReadingSettings,
    Settings,
    StoreSettings,
    UiSettings,
)

__all__ = [
    "FetchSettings",
    "Filter",
    "Paths",
    "PollSettings",
    "ReadingSettings",
    "Settings",
    "StoreSettings",
    "UiSettings",
    "load",
    "load_filters",
    "load_rules",
    "rules_once",
]
