import Foundation
import PackagePlugin

/// Lists the types of a target's catalogue folders, one type per file, into a generated source
/// file, so that adding or removing a file is the only edit.
@main struct Catalogue: BuildToolPlugin {
  /// Folder name and the protocol that the types of its files conform to.
  private static let folders = [
    ("Variants", "ModelVariant"), ("Figures", "Figure"), ("Tables", "Table"),
    ("Sections", "Section"),
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let sources = target.sourceModule?.sourceFiles(withSuffix: "swift").map(\.url) else {
      return []
    }
    let tool = try context.tool(named: "CatalogueTool").url
    return Self.folders.compactMap { folder, type -> Command? in
      let files = sources.filter { $0.deletingLastPathComponent().lastPathComponent == folder }
        .sorted { $0.path < $1.path }
      guard !files.isEmpty else { return nil }
      let output = context.pluginWorkDirectoryURL.appending(path: "\(type)Catalogue.swift")
      return .buildCommand(
        displayName: "Cataloguing \(folder)", executable: tool,
        arguments: [output.path, type] + files.map { $0.deletingPathExtension().lastPathComponent },
        inputFiles: files, outputFiles: [output])
    }
  }
}
