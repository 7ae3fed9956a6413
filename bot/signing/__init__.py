"""Clients sign through a partner of the company's, where one is chosen: brought there, heard of."""
