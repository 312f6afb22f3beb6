# needs 3.12
type Alias = int
type Pair[T] = tuple[T, T]
if True: type Inline = str
type = 3
def generic[T](x: T) -> T: return x
class Box[T]:
    inner = 1
