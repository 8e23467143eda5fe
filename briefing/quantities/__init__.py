"""What running English says of amounts: numbers, units, dates, and which words tell something."""
