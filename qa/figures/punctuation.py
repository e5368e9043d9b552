"""Punctuation marks by what they do, half-width and full-width."""

# What joins a clause to the next: cut from the end of a quotation that stops there.
JOINING = ",;:\u3001\uff0c\uff1b\uff1a \u3000\u00a0\t\r\n"
# What ends a sentence.
ENDING = "\u3002!?\uff01\uff1f"
