"""SQLModel classes, one file a group of tables (floor 1). They map, the migrations make."""
