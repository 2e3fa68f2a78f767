"""The domain, declared once: kinds, links and vocabularies, and what derives from them without a store."""
