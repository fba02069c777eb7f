"""Reference data as files bring it: catalogue, documents, units, holidays; read, checked and searched."""
