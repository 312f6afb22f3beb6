"""A module of your own beside prompts.py: what prompts.py imports from it is one text for all prompts."""

BRAND_VOICE = "Answer in the reader's language, in short sentences, and say so when you do not know."
