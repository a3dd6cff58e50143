import Foundation
import PackagePlugin

/// Writes the hashes of the sources that decide a trained number into a generated source file,
/// so that a cell's key changes with them and with nothing else.
///
/// What the data rooms compute is not in a cell's key, and neither are the tuned recipes and the
/// reader of recipes: the key holds the hash of the rows and the recipe themselves. The data rooms
/// have a hash of their own: while it stays the same, rows that are known need not be read again.
///
/// For the program itself, writes what it was built from instead.
@main struct NumericVersion: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "Sources")
    if target.name == "detectron" { return [try buildRecord(context, root)] }
    let kernels = try files(in: root.appending(path: "CKernels"))
    let rankings = kernels.filter { $0.lastPathComponent.hasPrefix("ranking.") }
    let shared =
      try kernels.filter { !rankings.contains($0) }
      + files(in: root.appending(path: "Tensors")).filter { !$0.path.contains("/Reference/") }
      + files(in: root.appending(path: "Neural")).filter { file in
        !["/Summary/", "/Attribution/"].contains { file.path.contains($0) }
      }
      + files(in: root.appending(path: "Models")).filter {
        !$0.path.contains("/Variants/") && !$0.path.contains("/Blocks/")
          && !["TunedRecipe.swift", "RecipeFile.swift"].contains($0.lastPathComponent)
      }
      + files(in: root.appending(path: "Experiments/Training"))
    // Ensembles are made of packed answers, and their sizes chosen by metrics; intervals, tests and
    // what is said about confidence come after all cells.
    let ensembles =
      try files(in: root.appending(path: "Experiments/Ensembles"))
      + files(in: root.appending(path: "Statistics")).filter { file in
        !["/Intervals/", "/Comparisons/", "/Distributions/", "/Confidence/"].contains {
          file.path.contains($0)
        }
      }
      + [root.appending(path: "Experiments/Store/PackedPredictions.swift")] + rankings
    let variants = try files(in: root.appending(path: "Models/Variants"))
    let blocks = try files(in: root.appending(path: "Models/Blocks"))
    let data = try ["ECG", "Datasets"].flatMap { try files(in: root.appending(path: $0)) }
    // Findings stand beside cells and in no key; they are made anew where the way of looking changes.
    let probes = try ["Experiments/Probes", "Neural/Attribution"].flatMap {
      try files(in: root.appending(path: $0))
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "NumericVersion.swift")
    var arguments = [output.path, root.path]
    arguments += shared.map(\.path)
    arguments += ["--ensembles"] + ensembles.map(\.path)
    arguments += ["--variants"] + variants.map(\.path)
    arguments += ["--blocks"] + blocks.map(\.path)
    arguments += ["--data"] + data.map(\.path)
    arguments += ["--probes"] + probes.map(\.path)
    return [
      .buildCommand(
        displayName: "Hashing what decides a trained number",
        executable: try context.tool(named: "NumericVersionTool").url, arguments: arguments,
        inputFiles: shared + ensembles + variants + blocks + data + probes, outputFiles: [output])
    ]
  }

  /// Sources, commit and compiler; anew when a source or the checked-out commit changes.
  private func buildRecord(_ context: PluginContext, _ root: URL) throws -> Command {
    let output = context.pluginWorkDirectoryURL.appending(path: "BuildRecord.swift")
    let sources = try files(in: root)
    let package = context.package.directoryURL
    let log = [package.appending(path: ".git/logs/HEAD")].filter {
      FileManager.default.fileExists(atPath: $0.path)
    }
    let compiler = try? context.tool(named: "swiftc").url.path
    return .buildCommand(
      displayName: "Noting what the program is built from",
      executable: try context.tool(named: "NumericVersionTool").url,
      arguments: ["--build-record", output.path, package.path, compiler ?? "swiftc"]
        + sources.map(\.path), inputFiles: sources + log, outputFiles: [output])
  }

  /// All files below a folder, by path.
  private func files(in folder: URL) throws -> [URL] {
    let entries = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return entries.filter { ["swift", "c", "h", "inc"].contains(($0 as NSString).pathExtension) }
      .map { folder.appending(path: $0) }
  }
}
