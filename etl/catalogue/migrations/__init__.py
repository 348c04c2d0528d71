"""The migrations of the catalogue, by Alembic: ``versions/`` leads from an empty database to the models."""

from pathlib import Path

HEAD = "0004"
"""The last of them: what an up-to-date catalogue says of itself."""

FIRST = "0001"
"""What a catalogue is that was made before there were migrations."""

FOLDER = Path(__file__).resolve().parent
