"""How static files are stored: under a name that changes with their content, and compressed once beside it."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with gzip alone, and no compressed source maps.

    Brotli would be used by chance, where something else has installed it, and takes half a minute at the first start.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        """Compresses what a page loads."""
        return Compressor(**{**options, "extensions": [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]}, use_brotli=False)
