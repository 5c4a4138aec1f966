"""`payframe init`: projects to start from.

templates/common holds what every project has, templates/NAME what a server in one language adds.
"""
