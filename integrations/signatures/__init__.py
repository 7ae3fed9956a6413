"""Partners through which clients sign. Without one they approve on our own page."""
