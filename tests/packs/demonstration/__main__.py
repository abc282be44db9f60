"""Write the demonstration pack anew."""

from tests.packs.demonstration import FOLDER, demonstration_files

for name, content in demonstration_files():
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
