"""The workspace as a story: people who do and see things, for tests and demonstrations."""
