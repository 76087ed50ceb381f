"""schema.org's ClaimReview: found in pages, read, written, checked."""
