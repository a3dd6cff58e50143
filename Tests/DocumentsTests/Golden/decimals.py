"""Writes decimals.csv: a double (hexadecimal), digits, shift, and the rounded decimal.

Run: python decimals.py > decimals.csv
The reference is Python's decimal module with ROUND_HALF_EVEN on the shortest decimal, repr(x).
"""
import random
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

getcontext().prec = 800
random.seed(20240501)
values = [0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 0.125, 0.375, 0.285, 1.005, 0.98415, 0.99995, 9.995, 99.5,
          999999.5, -0.0004, 0.0005, -0.0005, 0.0015, 5e-324, 1e-7, 1e16, 1e22, 1.7976931348623157e308,
          123456789.125, 254901.0, 4265840.0, 0.1 + 0.2, -1e-300]
values += [random.uniform(-1, 1) for _ in range(150)]
values += [random.randint(-10**6, 10**6) / 10**5 for _ in range(150)]
values += [random.uniform(-1, 1) * 10.0 ** random.randint(-20, 20) for _ in range(150)]
for value in values:
    digits, shift = random.choice([0, 1, 2, 3, 4, 6]), random.choice([0, 0, 2])
    scaled = Decimal(repr(value)).scaleb(shift)
    rounded = scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    text = format(rounded, "f")
    if rounded == 0:
        text = text.lstrip("-")
    print(f"{value.hex()},{digits},{shift},{text}")
