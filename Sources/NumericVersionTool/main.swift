import Foundation

// `--build-record`, output, package folder, compiler and all sources; or what `VersionHashes` takes.
var arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--build-record" {
  let text = try BuildRecord(
    package: arguments[2], compiler: arguments[3], sources: Array(arguments[4...])
  ).text
  try text.write(toFile: arguments[1], atomically: true, encoding: .utf8)
} else {
  let text = try VersionHashes(root: arguments[1], Array(arguments[2...])).text
  try text.write(toFile: arguments[0], atomically: true, encoding: .utf8)
}
