"""The OpenAPI description."""

from drf_spectacular.openapi import AutoSchema


class DescribedSchema(AutoSchema):
    """Adds what all views share."""
