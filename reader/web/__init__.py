"""The reader as a page of this machine: who may come in, and what is served.

It shows nothing of its own: each page is a reader in a process of its own.
"""
