"""Firsthand: a terminal news reader that takes people to the source.

The rooms, and who may enter which ('>' may import everything to its right; '|' are
siblings that do not know each other):

    __main__ > cli > tui | demo | web > services > store | fetch | sync | settings
             > feeds | resolve | extract > html > rules | query > urls > errors > model
             > cleaning

cleaning   the one place where strangers' text is cleaned
model      the words of the design as frozen values, cleaned as they are made
errors     one small tree; str() is fit to show a reader
urls       join, same site, canonical form; the policy of what may be followed
rules      facts as data: wrappers, phrases, parameters, walls
query      the query language: text to a small tree
html       a page parsed once: what it declares, and what kind of page it is
feeds      bytes to feeds; discovery, OPML, changes, when to poll next
resolve    from an entry to its original, without IO: signals, the walk, the verdict
extract    HTML to an Article: the text, cleaned, as Markdown
fetch      the only sockets
store      the only SQL
sync       servers that people already run
settings   TOML to one frozen value; the rules from their files; where files live
services   the use cases
demo       a small bundled world that answers from the package
tui        the reader on the screen
web        the same in a web page of this machine
cli        the commands
"""
