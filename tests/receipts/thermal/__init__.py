"""Thermal paper: pictures, ESC/POS bytes, printers that answer and printers that do not."""
