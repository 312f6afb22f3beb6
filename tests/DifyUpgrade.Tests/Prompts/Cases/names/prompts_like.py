import os

# Written by hand.
CONVERSATION_TITLE_PROMPT = (
    "You need to decompose \"this\".\n"
    "{\"k\": \"v\"}"
)  # noqa: E501

TEMPLATE = """
# Not a comment
Write ```python
def main(x: int) -> dict:
    return {"result": x}
```
{{INSTRUCTION}} It's "quoted" and ""doubly"" so.
"""

_DEFAULT = (
    "a"
    'b: ["c","d"]\n'
)
QUESTIONS = os.getenv("Q", _DEFAULT)
TOKENS = int(os.getenv("T", "256"))
SCHEMA: dict = {"type": "object", "properties": {"a": {"type": "string"}}}
