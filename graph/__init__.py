"""The store: the engines, how a dataset gets into them whole, and how statements are asked."""
