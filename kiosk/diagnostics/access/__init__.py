"""Who may open the technician's screens: a PIN, the site's cards, and the key that hides them."""
