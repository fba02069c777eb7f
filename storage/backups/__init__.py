"""Backups of a desk: one proved file each, how many are kept, and a home brought back from one."""
