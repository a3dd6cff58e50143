import Foundation

/// Names and contents of files below a folder, so that a renamed file counts as a change.
func digest(_ paths: some Sequence<String>, root: String) throws -> String {
  let parts = try paths.map { path in
    let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    let content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    return "\(name) \(SHA256.hexadecimal(content))\n"
  }
  return SHA256.hexadecimal(Array(parts.joined().utf8))
}
