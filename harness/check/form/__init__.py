"""Checking the receiver of a form: what comes when a buyer sends the shop's form to ACTION_URI.

scenes.py -> shop.py (opens the shop's page and presses its button)
          -> ../window.py (what is there then)
visit.py  -> what was recorded, for the rules in ../rules/form
"""
