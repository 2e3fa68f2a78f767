"""The GraphQL types, derived from the model, and the service that answers operations."""
