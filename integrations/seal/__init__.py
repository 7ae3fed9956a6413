"""The organisation's seal on PDFs, by pyHanko; loaded only where one is set (FRONTDESK_SEAL)."""
