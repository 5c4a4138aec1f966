"""The portal's data: orders, payments, payment systems and their handlers."""
