"""Checking a checkout server: what the platform's call of ACTION_URI comes to.

scenes.py -> platform.py (makes payments, writes and sends the calls)
          -> ../window.py (opens PAYMENT_URL)
visit.py  -> what was recorded, for the rules in ../rules/checkout
"""
