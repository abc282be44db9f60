"""Write the demonstration pack anew, and the related datasets."""

from tests.packs.demonstration import FOLDER, demonstration_files, demonstration_tables

for name, content in (*demonstration_files(), *demonstration_tables()):
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
