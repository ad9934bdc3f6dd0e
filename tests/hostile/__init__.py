"""A web of everything that strangers try, and what it may not bring about."""
