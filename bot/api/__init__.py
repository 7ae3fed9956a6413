"""What other systems read, and hand in, over HTTP: as JSON, by tokens that the admin makes."""
