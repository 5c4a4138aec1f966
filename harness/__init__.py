"""Stand-ins for everything around the payment page: seller's page, portal, payment gateway."""
