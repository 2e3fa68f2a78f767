"""Texts of ITU-T as the Relaton project describes them, turned into records of ours."""
