"""The systems around Frontdesk that the settings name: connected, and examined for the doctor."""
