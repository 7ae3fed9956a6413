"""Reports as pictures: each is a value, and the rows behind it can be had as a file."""
