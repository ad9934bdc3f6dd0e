"""Every protection taken out, one at a time: the tests that must then fail, and do."""
