"""The original of a document, handed out so that no browser opens it by itself."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from etl.dashboard.pages.evidence import original
from etl.dashboard.reader import Readers
from etl.dashboard.registry import PARAMETERS

_UNWANTED = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST = 120  # characters of a name
HEADERS = {
    "content-security-policy": "sandbox; default-src 'none'",
    "content-type": "application/octet-stream",
    "cache-control": "no-store",
}


def original_response(readers: Readers, request: Request) -> Response | None:
    """The bytes of the document that the path names by its SHA-256, as an attachment.

    None where the warehouse names no such document, or the archive has lost it.
    """
    sha256 = str(request.path_params["sha256"])
    if re.fullmatch(PARAMETERS["sha256"], sha256) is None:
        return None
    found = original(readers.current(), sha256)
    if found is None:
        return None
    name, content = found
    return Response(content, headers={**HEADERS, "content-disposition": _attached(name)})


def _attached(name: str) -> str:
    """The header that names the file: what a crawled name may hold beyond letters goes by its code alone."""
    safe = _UNWANTED.sub("_", name).strip(". ")[-_LONGEST:] or "document"
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
