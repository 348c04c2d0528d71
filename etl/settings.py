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
    max_bytes: int = Field(
        default=32 * 2**20, ge=1, description="A file above this many bytes is neither fetched nor read."
    )
    max_pages: int = Field(default=200, ge=1, description="A PDF with more pages is not read.")
    scan_text: bool = Field(
        default=True, description="Read the running text of scanned pages and pictures, beside their tables."
    )
    max_seconds: float = Field(default=120, gt=0, description="A file that takes longer to read is given up.")
    max_memory: int = Field(
        default=2 * 2**30,
        ge=2**29,
        description="Bytes of memory that a reading process, or LibreOffice for it, may take (on Linux).",
    )
    registry: Path | None = Field(
        default=None,
        description="A portal registry to use instead of the shipped one, relative to the home.",
    )
    archive_url: str | None = Field(
        default=None, description="Where the archive lies: a folder or any fsspec address; the home's archive/."
    )
    catalogue_url: str | None = Field(
        default=None, description="SQLAlchemy address of the catalogue; SQLite in the home unless set."
    )
    contact: str = Field(
        default="",
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="An address or page where portals can reach you; part of the User-Agent.",
    )
    crawl_delay: float = Field(default=3.0, ge=0, description="Seconds between two requests to one host.")
    crawl_window: str = Field(
        default="00:00-24:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$",
        description="Hours of the day, China time, in which portals are asked.",
    )
    portals_at_once: int = Field(default=64, ge=1, description="Portals visited at the same time.")
    host_requests: int = Field(default=500, ge=1, description="Requests a host is asked in one night.")
    night_requests: int = Field(default=200_000, ge=1, description="Requests made in one night.")
    fetch_seconds: float = Field(default=60, gt=0, description="A request that takes longer is given up.")
    fetch_tries: int = Field(default=3, ge=1, description="How often a failing request is tried.")
    retry_seconds: float = Field(
        default=5, ge=0, description="First wait before a retry; doubles, with jitter."
    )
    breaker_failures: int = Field(
        default=3, ge=1, description="Failed requests in a row after which a host is left alone for the night."
    )
    allow_loopback: bool = Field(
        default=False, description="Allow portals on this machine's own addresses: for the demo and tests."
    )
    build_memory: str = Field(default="3GB", description="DuckDB's memory limit during a build.")
    review: bool = Field(
        default=False, description="Let reviewers judge findings in the dashboard, with the password."
    )
    review_password: str = Field(
        default="",
        pattern=r"^(scrypt:\d+:\d+:\d+:[0-9a-f]{32}:[0-9a-f]{64})?$",
        description="What gouji review password makes of the reviewers' password.",
    )
    evidence_cache_bytes: int = Field(
        default=512 * 2**20, ge=0, description="Bytes of drawn pages that the dashboard keeps on disk."
    )
    site: Path | None = Field(
        default=None,
        description="Where the nightly run puts the dashboard as files, relative to the home; unset: nowhere.",
    )

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
    def archive_address(self) -> str:
        """Where the archive lies: a folder or any fsspec address, see etl.archive."""
        return self.archive_url or str(self.root / "archive")

    @property
    def spool(self) -> Path:
        """Where archive files lie while they are written."""
        return self.root / "spool"

    @property
    def inbox(self) -> Path:
        """Where reports are put for the nightly run to take in. Gouji only reads here: it moves nothing."""
        return self.root / "inbox"

    @property
    def extracted(self) -> Path:
        """The observation store, see etl.store."""
        return self.root / "extracted"

    @property
    def catalogue_address(self) -> str:
        """The SQLAlchemy address of the catalogue."""
        return self.catalogue_url or f"sqlite:///{self.root / 'catalogue.sqlite'}"

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
    def audit_page(self) -> Path:
        """What the suites said of the last candidate, as a page that opens offline."""
        return self.root / "audit.html"

    @property
    def writer_lock(self) -> Path:
        """Held while anything under the home is written: one writer at a time."""
        return self.root / "writer.lock"

    @property
    def registry_files(self) -> tuple[Path, ...]:
        """The portal registry, and the home's own additions: its entries replace those of the same code."""
        first = DATA / "portals.yaml" if self.registry is None else self.root / self.registry
        own = self.root / "portals.yaml"
        return (first, own) if own.exists() and own != first else (first,)

    @property
    def evidence_cache(self) -> Path:
        """Pages that the dashboard has drawn: a cache, see etl.dashboard.evidence."""
        return self.root / "cache" / "evidence"

    @property
    def own_corrections(self) -> Path:
        """Where ``gouji correct`` writes."""
        return self.root / "corrections"

    @property
    def reviews(self) -> Path:
        """The reviewers' verdicts on findings, see etl.warehouse.review_file."""
        return self.root / "reviews.yaml"

    @property
    def corrections_folders(self) -> tuple[Path, ...]:
        """The corrections that ship with Gouji, and the home's own."""
        return DATA / "corrections", self.own_corrections

    @property
    def counties_files(self) -> tuple[Path, ...]:
        """The lists of counties and of other bodies that ship with Gouji, and the home's own additions."""
        shipped = DATA / "counties.csv", DATA / "bodies.csv"
        return shipped if self.extra_counties is None else (*shipped, self.root / self.extra_counties)
