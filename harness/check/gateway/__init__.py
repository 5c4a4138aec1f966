"""Checking a gateway: a server that answers the API of widget/gateway.openapi.yaml.

scenes.py -> page.py (calls the API as the payment page does)
          -> portal.py (orders, and what the gateway has told of them)
visit.py  -> what was recorded, for the rules in ../rules/gateway
description.py -> whether answers are as the API describes them
"""
