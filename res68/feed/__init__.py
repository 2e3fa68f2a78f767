"""What changed between the versions of the dataset, as an event stream, as Atom and as pages."""
