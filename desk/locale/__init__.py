"""The officer's words: `<lang>/*.po` by area, joined into one catalogue by `python -m desk.locale`."""
