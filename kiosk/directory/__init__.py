"""The agencies a resident can call: who they are, when they open, what Home says of them."""
