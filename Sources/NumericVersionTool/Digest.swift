import Foundation

/// Names and contents of files below a folder, so that a renamed file counts as a change.
func digest(_ paths: some Sequence<String>, root: String) throws -> String {
  try digest(
    paths.map { ($0, [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0)))) }, root: root)
}

/// Names of sources below a folder, and what counts of them.
func digest(_ files: [SourceFile], root: String) -> String {
  digest(files.map { ($0.path, Array($0.text.utf8)) }, root: root)
}

private func digest(_ files: [(path: String, content: [UInt8])], root: String) -> String {
  let parts = files.map { path, content in
    let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    return "\(name) \(SHA256.hexadecimal(content))\n"
  }
  return SHA256.hexadecimal(Array(parts.joined().utf8))
}
