"""Rules that check a completion against a verified answer."""
