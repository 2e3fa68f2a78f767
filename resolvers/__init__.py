"""What a field means: from a validated GraphQL document to what is wanted of the graph."""
