"""The slip in short form on a receipt printer of 58 or 80 mm, always as a picture: no code page has all letters."""
