"""Many briefs at once: a plan in, briefs and newsletters out, each exactly once."""
