"""Source sanity: stated rules by which a plan's own text looks damaged, disagrees with itself or repeats itself.

The rules are about the genre (what indicators can be, how its figures belong together), never about one text.
`vectorstore.doubts` puts them together.
"""
