import Foundation

let (output, type) = (CommandLine.arguments[1], CommandLine.arguments[2])
let values = CommandLine.arguments.dropFirst(3).map { "  \($0)()," }.joined(separator: "\n")
let text = """
  /// Every `\(type)` of this package, in file-name order; generated from the folder listing.
  public let all\(type)s: [any \(type)] = [
  \(values)
  ]

  """
try text.write(toFile: output, atomically: true, encoding: .utf8)
