"""Words that say little in names of diseases, in French and English.

Not ``non``, which turns the sense around.
"""

_FRENCH = """
    a ai au aux avec ce chez d dans de des du elle en entre et il l la le les leur lie liee liees
    lies ou par pour sa sans ses son sous sur un une
    der den van von
    affection anomalie associe associee associees associes autre autres cause causee causees forme
    formes maladie maladies rare rares syndrome syndromes trouble troubles type types
"""
_ENGLISH = """
    an and are as at by due for from in is its of on or s the to with without
    associated caused disease diseases disorder disorders form other related
"""

STOP_WORDS = frozenset((_FRENCH + _ENGLISH).split())
