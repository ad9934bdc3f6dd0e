"""A small bundled world: feeds, pages and their servers, answered from the package.

The world is data (`world/`): articles as text, sites, feeds and odd answers as TOML.
It runs through the same services as the web does, and never touches the network.
"""

from reader.demo.cast import NOW, ZONE
from reader.demo.kept import prepared
from reader.demo.opening import OPML, fetch, prepare

__all__ = ["NOW", "OPML", "ZONE", "fetch", "prepare", "prepared"]
