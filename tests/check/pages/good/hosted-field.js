// The script of a payment service, which changes without notice.
