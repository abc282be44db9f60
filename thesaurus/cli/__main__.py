"""``python -m thesaurus.cli``: the commands where the script is not on the path."""

from thesaurus.cli import app

app()
