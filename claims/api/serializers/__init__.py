"""What the API takes and gives: strict readers of bodies, and the shapes of answers."""
