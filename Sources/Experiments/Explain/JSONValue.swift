/// Any JSON.
enum JSONValue: Codable {
  case object([String: JSONValue])
  case array([JSONValue])
  case text(String)
  case flag(Bool)
  case whole(Int)
  case number(Double)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONValue].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let whole = try? container.decode(Int.self) {
      self = .whole(whole)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .null
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let object): try container.encode(object)
    case .array(let array): try container.encode(array)
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .whole(let whole): try container.encode(whole)
    case .number(let number): try container.encode(number)
    case .null: try container.encodeNil()
    }
  }

  /// The leaves by their paths; items of a list are named where they have a name, else counted.
  func flatten(at path: String = "", into values: inout [String: String]) {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch self {
    case .text(let text): values[path] = text
    case .flag(let flag): values[path] = "\(flag)"
    case .whole(let whole): values[path] = "\(whole)"
    case .number(let number): values[path] = "\(number)"
    case .null: values[path] = "null"
    case .object(let object):
      if object.isEmpty { values[path] = "{}" }
      for (name, value) in object { value.flatten(at: below(name), into: &values) }
    case .array(let items):
      if items.isEmpty { values[path] = "[]" }
      for (place, item) in items.enumerated() {
        item.flatten(at: below(item.name ?? "\(place + 1)"), into: &values)
      }
    }
  }

  private var name: String? {
    guard case .object(let object) = self, case .text(let name)? = object["name"] else {
      return nil
    }
    return name
  }
}
