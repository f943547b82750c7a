"""Random pairs of schemas, and the laws that each of them is held to."""
