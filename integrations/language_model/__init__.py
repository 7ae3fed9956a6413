"""Reading messages with a language model, of any provider; loaded only where one is switched on."""
