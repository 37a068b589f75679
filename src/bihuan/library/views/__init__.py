"""Pages of the library: papers, their readings, what becomes of them. For the standing committee's offices."""
