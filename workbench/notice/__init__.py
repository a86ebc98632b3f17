"""The platform's notice: what it alleges, by when it can be answered, under which rules."""
