"""What must be true before one of few attempts is spent."""
