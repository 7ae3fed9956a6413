"""What the documentation takes from the code, and the pages themselves."""
