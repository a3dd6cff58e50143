"""Coefficients of Sources/Tensors/ElementaryPolynomials.swift and the golden values of its tests.

    python elementary.py coefficients > polynomials.txt
    python elementary.py golden .         (writes elementary.bin)
    python elementary.py single .         (writes elementary-float.bin)

Needs mpmath. Every polynomial interpolates its function at the Chebyshev nodes of its interval
(mpmath.chebyfit at 60 digits), which is within a factor of two of the minimax error; the
coefficients are then rounded to double, and the error of the rounded polynomial is printed.
"""

import random
import struct
import sys

from mpmath import (bernoulli, chebyfit, cos, erf, erfc, exp, log, log1p, mp, mpf, pi, polyval,
                    power, sin, sqrt, tanh)

mp.prec = 400


def series(terms):
    """The power series with these coefficients, lowest first, each a numerator and denominator."""
    coefficients = [mpf(a) / b for a, b in terms][::-1]
    return lambda z: polyval(coefficients, z)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def bernoulli_tanh(n):
    """Coefficient of x**(2n - 1) in tanh x."""
    return mpf(4) ** n * (mpf(4) ** n - 1) * bernoulli(2 * n) / factorial(2 * n)


half_log_two = log(2) / 2 * mpf("1.0001")
third = (sqrt(2) - 1) / (sqrt(2) + 1) * mpf("1.0001")
POLYNOMIALS = [
    # name, function, interval, terms, what it is
    ("exponentialTail", series([(1, factorial(n + 3)) for n in range(60)]),
     (-half_log_two, half_log_two), 10, "(e^r - 1 - r - r²/2) / r³"),
    ("logarithmTail", series([(1, 2 * n + 5) for n in range(80)]),
     (0, third ** 2), 8, "(atanh(s)/s - 1 - z/3) / z², z = s²"),
    ("sineTail", series([((-1) ** (n + 1), factorial(2 * n + 3)) for n in range(60)]),
     (0, (pi / 4 * mpf("1.0001")) ** 2), 7, "(sin(r)/r - 1) / z, z = r²"),
    ("cosineTail", series([((-1) ** n, factorial(2 * n + 4)) for n in range(60)]),
     (0, (pi / 4 * mpf("1.0001")) ** 2), 7, "(cos(r) - 1 + z/2) / z², z = r²"),
    ("hyperbolicTangentTail", series([(bernoulli_tanh(n + 2), 1) for n in range(140)]),
     (0, mpf("0.3") ** 2), 9, "(tanh(x)/x - 1) / z, z = x²"),
    ("errorFunctionTail", lambda z: _erf_tail(z),
     (0, 1), 14, "erf(x)/x - 1, z = x²"),
    ("complementaryErrorScaled", lambda t: _erfc_scaled(t),
     (mpf(1 - 3) / (1 + 3), mpf(6 - 3) / (6 + 3)), 20, "x exp(x²) erfc(x), t = (x - 3)/(x + 3)"),
]


def _erf_tail(z):
    if z <= 0:
        return 2 / sqrt(pi) - 1
    x = sqrt(z)
    return erf(x) / x - 1


def _erfc_scaled(t):
    x = 3 * (1 + t) / (1 - t)
    return x * exp(x * x) * erfc(x)


def coefficients():
    for name, function, interval, terms, meaning in POLYNOMIALS:
        highest_first = [mpf(float(c)) for c in chebyfit(function, interval, terms)]
        a, b = map(mpf, interval)
        worst = max(abs(polyval(highest_first, a + (b - a) * i / 997) - function(a + (b - a) * i / 997))
                    for i in range(998))
        print(f"// {name}: {meaning} on {float(a):.4g}...{float(b):.4g}, error 2^{float(log(worst, 2)):.1f}")
        for c in highest_first:
            print("   ", float(c).hex())
    print("// 2/pi, 64 bits a word after one word of integer part")
    words = 20
    mp.prec = 64 * words + 128
    scaled = int(2 / pi * 2 ** (64 * words))
    mp.prec = 400
    for i in range(words):
        print("   ", hex((scaled >> (64 * (words - 1 - i))) & (2 ** 64 - 1)))
    for label, value in [("ln 2", log(2)), ("1/3", mpf(1) / 3), ("pi/2", pi / 2)]:
        high = float(value)
        print("//", label, high.hex(), float(value - mpf(high)).hex())
    high = mpf(int(log(2) * 2 ** 42)) / 2 ** 42
    print("// ln 2 in 42 bits and the rest", float(high).hex(), float(log(2) - high).hex())


FUNCTIONS = {
    "exp": exp, "log": log, "log1p": log1p, "sin": sin, "cos": cos, "tanh": tanh,
    "sigmoid": lambda x: 1 / (1 + exp(-x)), "erf": erf, "pow": power,
}


def neighbours(x, steps=4):
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return [struct.unpack("<d", struct.pack("<q", bits + i))[0] for i in range(-steps, steps + 1)]


def arguments(name, rng):
    """Uniform and logarithmic draws over the whole domain, and the neighbours of the branch points."""
    def logarithmic(low, high):
        return 2.0 ** rng.uniform(low, high)

    def signed(x):
        return x if rng.random() < 0.5 else -x
    out = []
    if name == "exp":
        out += [rng.uniform(-708.3, 709.7) for _ in range(1000)]
        out += [rng.uniform(-2, 2) for _ in range(500)]
        out += [signed(logarithmic(-60, 9)) for _ in range(400)]
        for k in range(-20, 20):
            out += neighbours((k + 0.5) * 0.6931471805599453, 1)
    elif name == "log":
        out += [logarithmic(-1073, 1023.9) for _ in range(800)]
        out += [rng.uniform(0.5, 2) for _ in range(700)]
        out += [1 + signed(logarithmic(-52, -2)) for _ in range(400)]
        for x in [1.0, 0.7071067811865476, 1.4142135623730951, 2.0, 2.2250738585072014e-308]:
            out += neighbours(x)
    elif name == "log1p":
        out += [signed(logarithmic(-1000, -0.01)) for _ in range(300)]
        out += [signed(logarithmic(-56, -0.01)) for _ in range(700)]
        out += [logarithmic(0, 1023.9) for _ in range(300)]
        out += [rng.uniform(-1, 3) for _ in range(700)]
        for x in [-0.2928932188134524, 0.41421356237309503, 1.0, -0.5]:
            out += neighbours(x)
    elif name in ("sin", "cos"):
        out += [rng.uniform(-10, 10) for _ in range(700)]
        out += [signed(logarithmic(-60, 30)) for _ in range(600)]
        out += [signed(logarithmic(30, 1023.9)) for _ in range(500)]
        for k in range(1, 25):
            out += neighbours(k * 0.7853981633974483, 2)
        for k in [10 ** 5, 10 ** 9, 10 ** 13]:
            out += neighbours(k * 1.5707963267948966, 2)
        out += [float.fromhex("0x1.6ac5b262ca1ffp849"), 6381956970095103.0 * 2.0 ** 797]
    elif name == "tanh":
        out += [rng.uniform(-4, 4) for _ in range(900)]
        out += [signed(logarithmic(-1000, 5)) for _ in range(300)]
        out += [signed(logarithmic(-30, 4.5)) for _ in range(700)]
        for x in [0.3, 19.0, 22.0, 0.34657359027997264]:
            out += neighbours(x)
    elif name == "sigmoid":
        out += [rng.uniform(-708, 40) for _ in range(800)]
        out += [rng.uniform(-6, 6) for _ in range(800)]
        out += [signed(logarithmic(-60, 5)) for _ in range(400)]
    elif name == "erf":
        out += [rng.uniform(-6, 6) for _ in range(1000)]
        out += [signed(logarithmic(-1000, -1)) for _ in range(200)]
        out += [signed(logarithmic(-30, 2.6)) for _ in range(700)]
        for x in [1.0, 6.0, 0.84375, 5.921587195794507]:
            out += neighbours(x)
    return out


def power_arguments(rng):
    out = []
    while len(out) < 2200:
        kind = len(out) % 4
        if kind == 0:  # the whole range of results
            x = 2.0 ** rng.uniform(-1022, 1023)
            y = rng.uniform(-708, 709) / float(log(x))
        elif kind == 1:
            x, y = rng.uniform(0.5, 2), rng.uniform(-1000, 1000)
        elif kind == 2:  # near 1, large exponents
            x = 1 + rng.choice([-1, 1]) * 2.0 ** rng.uniform(-52, -3)
            y = rng.uniform(-700, 700) / abs(float(log1p(mpf(x) - 1)))
        else:  # whole exponents, either sign
            x, y = rng.choice([-1, 1]) * 2.0 ** rng.uniform(-8, 8), float(rng.randint(-80, 80))
        if 2.0 ** -1021 < abs(power(mpf(x), mpf(y))) < mpf(2) ** 1023:
            out.append((x, y))
    return out


def golden(folder):
    rng = random.Random(20240229)
    with open(f"{folder}/elementary.bin", "wb") as file:
        for name in FUNCTIONS:
            function = FUNCTIONS[name]
            mp.prec = 1300 if name in ("sin", "cos") else 200 if name != "log1p" else 1200
            if name in ("tanh", "sigmoid", "erf", "pow"):
                mp.prec = 1300
            if name == "pow":
                rows = [(x, y, float(function(mpf(x), mpf(y)))) for x, y in power_arguments(rng)]
            else:
                rows = [(x, 0.0, float(function(mpf(x)))) for x in arguments(name, rng)]
            rows = [r for r in rows if abs(r[2]) >= 2.0 ** -1022 or r[2] == 0]
            file.write(name.encode().ljust(8, b"\0") + struct.pack("<Q", len(rows)))
            for x, y, value in rows:
                file.write(struct.pack("<ddd", x, y, value))


def rounded(x):
    """The nearest number of single precision; infinite beyond the largest."""
    try:
        return struct.unpack("<f", struct.pack("<f", x))[0]
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


def single(folder):
    """Arguments in single precision, values in double: those whose result is a normal number."""
    rng = random.Random(20260214)
    smallest, largest = 2.0 ** -126, float.fromhex("0x1.fffffep127")
    mp.prec = 400

    def candidates(name):
        if name == "pow":
            return [(rounded(x), rounded(y)) for x, y in power_arguments(rng)] + [
                (rounded(rng.uniform(0.1, 10)), rounded(rng.uniform(-30, 30))) for _ in range(500)]
        scale = {"exp": 88, "sigmoid": 87}.get(name, 10)
        extra = [rng.uniform(-scale, scale) for _ in range(300)]
        return [(rounded(x), 0.0) for x in arguments(name, rng)[::4] + extra]

    def in_domain(name, x, y):
        if not (smallest <= abs(x) <= largest and abs(y) <= largest):
            return False
        if name == "log":
            return x > 0
        if name == "log1p":
            return x > -1
        return name != "pow" or x > 0 or y == int(y)

    with open(f"{folder}/elementary-float.bin", "wb") as file:
        for name, function in FUNCTIONS.items():
            rows = []
            for x, y in candidates(name):
                if in_domain(name, x, y):
                    exact = function(mpf(x), mpf(y)) if name == "pow" else function(mpf(x))
                    if smallest <= abs(exact) <= largest:
                        rows.append((x, y, float(exact)))
            file.write(name.encode().ljust(8, b"\0") + struct.pack("<Q", len(rows)))
            for row in rows:
                file.write(struct.pack("<ffd", *row))


if __name__ == "__main__":
    if sys.argv[1] == "coefficients":
        coefficients()
    else:
        {"golden": golden, "single": single}[sys.argv[1]](sys.argv[2])
