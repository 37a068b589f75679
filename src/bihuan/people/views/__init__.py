"""The pages of the registers, of security, and of one's own account."""
