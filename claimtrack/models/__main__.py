"""Write the published JSON Schemas: `python -m claimtrack.models FOLDER`."""

import sys
from pathlib import Path

from claimtrack.models.schemas import write_schemas

for written in write_schemas(Path(sys.argv[1])):
    print(written)
