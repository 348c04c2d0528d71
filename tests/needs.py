"""What some tests need of the machine; they are skipped without it."""

from ctypes.util import find_library

import pytest

needs_libarchive = pytest.mark.skipif(find_library("archive") is None, reason="libarchive is not installed")
