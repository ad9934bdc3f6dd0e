"""The real program, from outside: under tmux, and through a proxy playing the web."""
