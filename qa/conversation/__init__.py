"""A question among others: made complete from the turns before it, and the questions worth asking next."""
