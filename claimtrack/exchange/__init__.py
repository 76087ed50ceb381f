"""Other people's formats: fact-checks in and out."""
