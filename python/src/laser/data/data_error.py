class DataError(Exception):
    """A public set that cannot be read; the message says what, where, and what to do."""


class HubUnreachable(DataError):
    """Nothing is wrong with what was asked for, but it cannot be had from here."""
