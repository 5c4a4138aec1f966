"""Compares what a server really sends with what the build made: PCI DSS 4.0.1, 11.6.1.

`fetch` asks as the buyer's browser does, `bodies` compares bytes and names what was injected,
`headers` compares by meaning, `differences` puts them together.
"""
