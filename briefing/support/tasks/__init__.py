"""What the judge of pairs is trained on, one module a task."""
