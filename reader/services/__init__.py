"""The use cases, as functions that take `Services` first.

    subscribe   add, remove, OPML in and out
    poll        refresh: poll what is due, then attribute
    attribute   follow one entry to its original, and keep what was found
    reading     what one screen shows, with or without the network
    marks       read, starred, hidden and tags, undo and redo
    filters     what is done to entries by itself: tested, and applied on request
    views       lists that are not feeds: smart ones, one's own, publishers, tags
    lists       many subscriptions at once: OPML, newsboat's urls, where to begin
    health      how feeds fare, in plain words
    daemon      polling without end
    systemd     a timer of the user's that refreshes
    notices     what a desktop is told when entries have come
    doctor      what is wrong, and what to do about it
    browser     a link into the browser
    guard       the one place where a fault of our own is caught

Everything that only reads goes to `services.store` directly.
"""

from reader.services.core import Services, build

__all__ = ["Services", "build"]
