"""Facts as data: wrappers, tracking parameters, phrases, walls. See rules.toml.

`parse` turns the text of rules.toml into one frozen `Rules`; nobody here reads a file.
"""
