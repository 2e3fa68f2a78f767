"""The pages that people see, made on the server from the templates beside."""
