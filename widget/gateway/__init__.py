"""The server behind the payment page: payments, the attempts to pay them, and their settlement.

What it offers the page is described in widget/gateway.openapi.yaml. It knows the portal through
REST alone, and the payment service through a Provider alone.
"""
