"""What fingers do to a word."""

import random
import string


def typo(rnd: random.Random, word: str) -> str:
    """One letter missing, too many, wrong, or swapped with the next."""
    place = rnd.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = rnd.choice(string.ascii_lowercase)
    return rnd.choice(
        [
            before + after,
            before + other + letter + after,
            before + other + after,
            before + after[0] + letter + after[1:],
        ]
    )
