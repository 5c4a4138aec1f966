"""The payment page that stands at IFRAME_DATA.ACTION_URI: its settings and its build."""
