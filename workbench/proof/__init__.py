"""How much the evidence of an order weighs, what is missing, and whom to ask for it."""
