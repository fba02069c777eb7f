"""The devices of a desk: its printers and its scanner, chosen and tried."""
