import Foundation

/// A file of `Golden`, decoded.
func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
  guard let url = Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json") else {
    throw CocoaError(.fileNoSuchFile)
  }
  return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
}

/// Whether two numbers agree to 12 digits, or to 10⁻¹² where they are small.
func isClose(_ value: Double?, _ expected: Double?, within tolerance: Double = 1e-12) -> Bool {
  guard let value, let expected else { return value == nil && expected == nil }
  return (value - expected).magnitude <= tolerance * max(1, expected.magnitude)
}
