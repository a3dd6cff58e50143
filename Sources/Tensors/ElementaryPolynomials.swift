/// The polynomials of ``Elementary``.
///
/// Each interpolates its function at the Chebyshev nodes of the interval (60 digits, then rounded
/// to double), which is within a factor of two of the best polynomial of the degree. Made by
/// `Tests/TensorsTests/Golden/elementary.py coefficients`; the error named is that of the rounded
/// coefficients.
enum ElementaryPolynomials {
  /// `(e^r - 1 - r - r²/2) / r³` on -0.3466…0.3466, error 2^-55.5.
  @inline(__always)
  static func exponentialTail(_ r: Double) -> Double {
    var sum = 0x1.1f66df7fca49fp-29
    sum = sum * r + 0x1.af38a9b0ec855p-26
    sum = sum * r + 0x1.27e4e1f48534fp-22
    sum = sum * r + 0x1.71de0dae63bb3p-19
    sum = sum * r + 0x1.a01a01a47b054p-16
    sum = sum * r + 0x1.a01a01a7c41d5p-13
    sum = sum * r + 0x1.6c16c16c167e1p-10
    sum = sum * r + 0x1.11111111109b3p-7
    sum = sum * r + 0x1.5555555555555p-5
    sum = sum * r + 0x1.5555555555556p-3
    return sum
  }

  /// `(atanh(s)/s - 1 - z/3) / z², z = s²` on 0…0.02944, error 2^-56.1.
  @inline(__always)
  static func logarithmTail(_ z: Double) -> Double {
    var sum = 0x1.e02fc68c381f4p-5
    sum = sum * z + 0x1.df7ca8236e9e1p-5
    sum = sum * z + 0x1.1118c8814a0b1p-4
    sum = sum * z + 0x1.3b1395cf37e45p-4
    sum = sum * z + 0x1.745d177a9cebap-4
    sum = sum * z + 0x1.c71c71c6ea994p-4
    sum = sum * z + 0x1.2492492492522p-3
    sum = sum * z + 0x1.999999999999ap-3
    return sum
  }

  /// `(sin(r)/r - 1) / z, z = r²` on 0…0.617, error 2^-56.6.
  @inline(__always)
  static func sineTail(_ z: Double) -> Double {
    var sum = -0x1.ab17a79237a19p-41
    sum = sum * z + 0x1.61217ec01749dp-33
    sum = sum * z - 0x1.ae64541266378p-26
    sum = sum * z + 0x1.71de3a54605eep-19
    sum = sum * z - 0x1.a01a01a019936p-13
    sum = sum * z + 0x1.1111111111110p-7
    sum = sum * z - 0x1.5555555555555p-3
    return sum
  }

  /// `(cos(r) - 1 + z/2) / z², z = r²` on 0…0.617, error 2^-58.6.
  @inline(__always)
  static func cosineTail(_ z: Double) -> Double {
    var sum = 0x1.ab783376962cfp-45
    sum = sum * z - 0x1.9394b9c9c20a4p-37
    sum = sum * z + 0x1.1eed8deb6d561p-29
    sum = sum * z - 0x1.27e4fb7712bdfp-22
    sum = sum * z + 0x1.a01a01a019d0ap-16
    sum = sum * z - 0x1.6c16c16c16c16p-10
    sum = sum * z + 0x1.5555555555555p-5
    return sum
  }

  /// `(tanh(x)/x - 1) / z, z = x²` on 0…0.09, error 2^-55.6.
  @inline(__always)
  static func hyperbolicTangentTail(_ z: Double) -> Double {
    var sum = -0x1.aa837c237466ep-13
    sum = sum * z + 0x1.3247902953d2ep-11
    sum = sum * z - 0x1.7d803db60056fp-10
    sum = sum * z + 0x1.d6d2e45ecc49cp-9
    sum = sum * z - 0x1.226e338976fdbp-7
    sum = sum * z + 0x1.664f487eaa4f3p-6
    sum = sum * z - 0x1.ba1ba1ba170dcp-5
    sum = sum * z + 0x1.1111111111101p-3
    sum = sum * z - 0x1.5555555555555p-2
    return sum
  }

  /// `erf(x)/x - 1, z = x²` on 0…1, error 2^-56.2.
  @inline(__always)
  static func errorFunctionTail(_ z: Double) -> Double {
    var sum = -0x1.29b9f1b3df556p-38
    sum = sum * z + 0x1.7f072188e194dp-34
    sum = sum * z - 0x1.4e607b41a6416p-30
    sum = sum * z + 0x1.fc4356498c2d9p-27
    sum = sum * z - 0x1.5f6d925a0bc7ap-23
    sum = sum * z + 0x1.b9e6509b9867dp-20
    sum = sum * z - 0x1.f4d2561aeafd4p-17
    sum = sum * z + 0x1.f9a326c233146p-14
    sum = sum * z - 0x1.c02db3feeb579p-11
    sum = sum * z + 0x1.565bcd0e6502dp-8
    sum = sum * z - 0x1.b82ce312889bap-6
    sum = sum * z + 0x1.ce2f21a042bdep-4
    sum = sum * z - 0x1.812746b0379e7p-2
    sum = sum * z + 0x1.06eba8214db69p-3
    return sum
  }

  /// `x exp(x²) erfc(x), t = (x - 3)/(x + 3)` on -0.5…0.3333, error 2^-54.3.
  @inline(__always)
  static func complementaryErrorScaled(_ t: Double) -> Double {
    var sum = 0x1.503be8a333ab8p-28
    sum = sum * t - 0x1.cc47eb0be5549p-24
    sum = sum * t - 0x1.476c47c410ebfp-22
    sum = sum * t + 0x1.4932cab803021p-22
    sum = sum * t + 0x1.f8dc6b594d3d8p-20
    sum = sum * t - 0x1.0b197816d59a2p-20
    sum = sum * t - 0x1.74cc0469d7ee6p-17
    sum = sum * t + 0x1.b1d091f739a03p-18
    sum = sum * t + 0x1.2152a6960f006p-14
    sum = sum * t - 0x1.62df6b3fe6981p-14
    sum = sum * t - 0x1.b095614eff53bp-12
    sum = sum * t + 0x1.45d001dec054fp-10
    sum = sum * t + 0x1.dd888d4b1b5d9p-11
    sum = sum * t - 0x1.cb66d247bbd15p-7
    sum = sum * t + 0x1.7bb38c2567a0dp-5
    sum = sum * t - 0x1.870b49f5301b2p-4
    sum = sum * t + 0x1.1e79b14a5e900p-3
    sum = sum * t - 0x1.2c33bbab9817dp-3
    sum = sum * t + 0x1.865fd27e52134p-4
    sum = sum * t + 0x1.12f21ddd9f5e2p-1
    return sum
  }
}
