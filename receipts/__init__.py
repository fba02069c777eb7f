"""Papers: drawing, QR codes, proofs, printers. No database, no clock."""
