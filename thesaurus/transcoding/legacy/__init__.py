"""Legacy tables: the codes of other thesauri, matched, decided and carried on like any other."""
