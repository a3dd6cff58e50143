import Foundation
import PackagePlugin

/// Writes the hashes of the sources that decide a trained number into a generated source file,
/// so that a cell's key changes with them and with nothing else.
///
/// What the data rooms compute is not among them, and neither are the tuned recipes and the reader of
/// recipes: a cell's key holds the hash of the rows and the recipe themselves.
@main struct NumericVersion: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "Sources")
    let shared =
      try files(in: root.appending(path: "CKernels"))
      + files(in: root.appending(path: "Tensors")).filter { !$0.path.contains("/Reference/") }
      + files(in: root.appending(path: "Neural")).filter { !$0.path.contains("/Summary/") }
      + files(in: root.appending(path: "Models")).filter {
        !$0.path.contains("/Variants/") && !$0.path.contains("/Blocks/")
          && !["TunedRecipe.swift", "RecipeFile.swift"].contains($0.lastPathComponent)
      }
      + files(in: root.appending(path: "Experiments/Training"))
    // Ensembles are made of packed answers, and their sizes chosen by metrics; intervals and tests
    // come after all cells.
    let ensembles =
      try files(in: root.appending(path: "Experiments/Ensembles"))
      + files(in: root.appending(path: "Statistics")).filter { file in
        !["/Intervals/", "/Comparisons/", "/Distributions/"].contains { file.path.contains($0) }
      }
      + [root.appending(path: "Experiments/Store/PackedPredictions.swift")]
    let variants = try files(in: root.appending(path: "Models/Variants"))
    let blocks = try files(in: root.appending(path: "Models/Blocks"))
    let output = context.pluginWorkDirectoryURL.appending(path: "NumericVersion.swift")
    var arguments = [output.path, root.path]
    arguments += shared.map(\.path)
    arguments += ["--ensembles"] + ensembles.map(\.path)
    arguments += ["--variants"] + variants.map(\.path)
    arguments += ["--blocks"] + blocks.map(\.path)
    return [
      .buildCommand(
        displayName: "Hashing what decides a trained number",
        executable: try context.tool(named: "NumericVersionTool").url, arguments: arguments,
        inputFiles: shared + ensembles + variants + blocks, outputFiles: [output])
    ]
  }

  /// All files below a folder, by path.
  private func files(in folder: URL) throws -> [URL] {
    let entries = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return entries.filter { ["swift", "c", "h", "inc"].contains(($0 as NSString).pathExtension) }
      .map { folder.appending(path: $0) }
  }
}
