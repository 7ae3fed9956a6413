"""How each person wants to be reached, and whether a parcel reaches them now."""
