"""The catalogue: what the dataset is, how much it holds and where to get it, as VoID and DCAT 3."""
