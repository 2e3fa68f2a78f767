"""The service: settings, commands, HTTP, pages. It knows every other room; no room knows it."""
