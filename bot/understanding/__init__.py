"""What somebody wants, read out of their own words: closed rules, nothing learned, nothing kept."""
