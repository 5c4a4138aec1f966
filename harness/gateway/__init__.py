"""A sandbox payment service behind the API in widget/gateway.openapi.yaml.

It knows the portal only through REST with a webhook, as a real service would, and never reads
the portal's tables.
"""
