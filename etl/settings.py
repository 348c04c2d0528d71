"""Every setting of Gouji, in one place: environment variables, then ``gouji.toml`` in the home.

``docs/reference/settings.md`` lists them for users.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from etl.resources import DATA


class Home(BaseSettings):
    """One home folder: everything Gouji writes is under it, and its settings beside it.

    A setting is taken from the command line, else from ``GOUJI_<NAME>``, else from ``<home>/gouji.toml``.
    """

    model_config = SettingsConfigDict(env_prefix="GOUJI_", extra="forbid")

    home: Path = Field(default=Path("~/.gouji"), description="The folder that holds everything.")
    workers: int | None = Field(default=None, ge=1, description="Reading processes; all cores unless set.")
    extra_counties: Path | None = Field(
        default=None,
        description="A CSV shaped like data/counties.csv with further places, relative to the home.",
    )
    max_bytes: int = Field(default=32 * 2**20, ge=1, description="A file above this many bytes is not read.")
    max_pages: int = Field(default=200, ge=1, description="A PDF with more pages is not read.")
    max_seconds: float = Field(default=120, gt=0, description="A file that takes longer to read is given up.")
    build_memory: str = Field(default="3GB", description="DuckDB's memory limit during a build.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given: dict[str, Any] = {**env_settings(), **init_settings()}
        home = Path(given.get("home", cls.model_fields["home"].default)).expanduser()
        toml = TomlConfigSettingsSource(settings_cls, toml_file=home / "gouji.toml")
        return init_settings, env_settings, toml

    @cached_property
    def root(self) -> Path:
        return self.home.expanduser().absolute()

    @property
    def archive(self) -> Path:
        """Original files by content: ``archive/ab/abcd…``."""
        return self.root / "archive"

    @property
    def inbox(self) -> Path:
        """Where reports are put for the nightly run to take in. Gouji only reads here: it moves nothing."""
        return self.root / "inbox"

    @property
    def extracted(self) -> Path:
        """The observation store, see etl.store."""
        return self.root / "extracted"

    @property
    def catalogue_url(self) -> str:
        return f"sqlite:///{self.root / 'catalogue.sqlite'}"

    @property
    def warehouse(self) -> Path:
        """The published file that readers open."""
        return self.root / "warehouse.duckdb"

    @property
    def previous_warehouse(self) -> Path:
        return self.root / "warehouse.previous.duckdb"

    @property
    def candidate(self) -> Path:
        """The file a build writes and audits before it is published."""
        return self.root / "warehouse.candidate.duckdb"

    @property
    def writer_lock(self) -> Path:
        """Held while anything under the home is written: one writer at a time."""
        return self.root / "writer.lock"

    @property
    def counties_files(self) -> tuple[Path, ...]:
        """The county list that ships with Gouji, and the home's own additions."""
        shipped = DATA / "counties.csv"
        return (shipped,) if self.extra_counties is None else (shipped, self.root / self.extra_counties)
