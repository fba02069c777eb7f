"""`desk --plain`: intake, lookup and return as questions and answers, line by line.

For a broken terminal, a screen reader, a very slow line. No cursor is moved and no colour is used; every question is
a line of its own and every answer ends with Enter, so that a scanner's Enter answers too. The acts are those of the
screens (`desk.cases`); here only the talk lives.
"""
