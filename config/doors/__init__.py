"""The ways in, and what is counted at each: ``settings.LIMITS`` says how often."""
