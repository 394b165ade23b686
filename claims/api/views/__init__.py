"""The views of the API, one noun a file; who may use them stands in claims/api/permissions.py."""
