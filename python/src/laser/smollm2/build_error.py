class BuildError(Exception):
    """What a person can mend: a file, a folder, the network. The message says what and how."""
