"""What the screens read: small objects with typed properties, made from each snapshot."""
