"""The reports there are, a module each: whatever defines ``REPORT`` here is one."""
