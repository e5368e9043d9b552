"""Files of any format as text with exact offsets: one module a format, all of them return `Extracted`.

Tables come out as pipe tables, a row a line, so that `vectorstore.structure` reads the tables of every format alike.
"""
