import functools
X = 0
def plain(a, b=(Y := 2), *args, c: int = 3, **kw) -> dict[str, int]:
    local = 1
    global MADE, X
    MADE = 1
    X = 2
    def inner():
        nonlocal local
        local = 2
    class Inside: member = 1
    return {"a": a}
async def waits():
    async with x as y: z = 1
    async for q in x: r = q
    s = [t async for t in x]
    await s
@functools.lru_cache(maxsize=None)
def decorated(): one_line = 1; two = 2
class Name(object, metaclass=type):
    member = 1
    def method(self): self.x = 1
    if True:
        nested = 1
    class Deep:
        deeper = 1
def after(): return lambda x: (w := x)
class Empty: ...
def \
    joined(): pass
if True:
    def conditional(): local = 1
    class Maybe: member = 1
def with_default(f=lambda x, y=(V := 1): (NO := 2)): pass
@(W := functools.cache)
def walrus_decorator(): pass
def doc():
    """Text
unindented text = 1
    """
    return 1
