"""The portal's REST interface around payment handlers."""
