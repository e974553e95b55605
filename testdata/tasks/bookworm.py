"""Makes multiple-choice items of a text: which five words follow these twenty?

    python testdata/tasks/bookworm.py models/bookworm-heldout.txt > testdata/tasks/bookworm.jsonl

The right choice is what follows in the text; the three others are taken from elsewhere in it. 200
items, drawn with a fixed seed.
"""

import json
import random
import sys

ITEMS, CHOICES, CONTEXT, ANSWER = 200, 4, 20, 5

words = open(sys.argv[1], encoding="utf-8").read().split()
draw = random.Random(2412)


def stretch(start, length):
    return " ".join(words[start : start + length])


for _ in range(ITEMS):
    at = draw.randrange(len(words) - CONTEXT - ANSWER)
    right = stretch(at + CONTEXT, ANSWER)
    choices = {right}
    while len(choices) < CHOICES:
        choices.add(stretch(draw.randrange(len(words) - ANSWER), ANSWER))
    order = sorted(choices)
    draw.shuffle(order)
    item = {
        "context": stretch(at, CONTEXT),
        "choices": [" " + choice for choice in order],
        "answer": order.index(right),
    }
    print(json.dumps(item, ensure_ascii=False))
