"""Handing a result over: two keys for the owner with his slip, a few more for everybody else."""
