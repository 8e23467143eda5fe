"""What the reader's heads are trained on, one module a task."""
