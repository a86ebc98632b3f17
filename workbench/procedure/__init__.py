"""What the other side had to do: law, procedural checks, chronology, and the next remedy."""
