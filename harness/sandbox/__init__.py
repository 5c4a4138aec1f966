"""A payment service that does not exist, as a provider of the gateway.

It has test cards, a test bank with pages of its own, and faults on demand.
"""
