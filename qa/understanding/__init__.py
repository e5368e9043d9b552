"""From a question's characters to what it asks for: its places, years, kinds, nouns and wording."""
