"""`payframe check`: does the page at an ACTION_URI work as a Bitrix24 payment frame?

A visit plays scenes (`scenes/`) with the page in a browser and records what happens
(`recording`). Rules (`rules/`) judge the record and touch no browser. Reports (`report/`) say
what was found.
"""
