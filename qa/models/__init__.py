"""Language models and embedders: the one on this machine, those behind an address, their weights and tokens."""
