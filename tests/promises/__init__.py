"""Long proofs of the promises; short forms of them run with the tests."""
