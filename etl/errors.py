"""What goes wrong in ways a user can mend: the command prints the message and stops with status 1."""


class GoujiError(Exception):
    """The message says what happened, to what, and what to do."""
