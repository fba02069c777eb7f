"""The center: ingest, its tables, its pages. Ingest and projections know no HTTP."""
