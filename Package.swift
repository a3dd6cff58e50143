// swift-tools-version: 6.2
import PackageDescription

// Rooms and arrows: a target may import only what stands below it here; a test holds the sources
// against this file. The reasons are in docs/design.md.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let commandLine = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A room of the house, with its tests in `Tests/<name>Tests` and, where it has values made by
/// other programs to compare with, those in `Tests/<name>Tests/Golden`.
func room(
  _ name: String, _ dependencies: [Target.Dependency], tests: [Target.Dependency] = [],
  golden: Bool = false, plugins: [Target.PluginUsage]? = nil
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: strict, plugins: plugins),
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies + tests,
      resources: golden ? [.copy("Golden")] : nil, swiftSettings: strict),
  ]
}

let package = Package(
  name: "detectron",
  products: [
    .executable(name: "detectron", targets: ["detectron"]),
    .library(name: "DetectronEngine", targets: ["Models", "Neural", "Tensors"]),
    .library(
      name: "DetectronStatistics", targets: ["Statistics", "SimulatedStudies", "Tensors"]),
    // Preloaded into the program by tests, so it has to be a file of its own.
    .library(name: "FaultyWrites", type: .dynamic, targets: ["FaultyWrites"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "CKernels"),
    // Calls of every kernel, for the tests and for processors on which no Swift runs.
    .target(name: "KernelCases", dependencies: ["CKernels"], path: "Tests/KernelCases"),
    // Studies whose truth is known, for the tests and for the tables of docs/statistics.md.
    .target(
      name: "SimulatedStudies", dependencies: ["Statistics", "Tensors"],
      path: "Tests/SimulatedStudies", swiftSettings: strict),
    // A disk that is full, fails or loses power at a chosen write, for tests of the store.
    .target(name: "FaultyWrites", path: "Tests/FaultyWrites"),
    .systemLibrary(
      name: "CCairo", pkgConfig: "pangocairo",
      providers: [.apt(["libcairo2-dev", "libpango1.0-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .executableTarget(name: "CatalogueTool", swiftSettings: strict),
    .plugin(name: "Catalogue", capability: .buildTool(), dependencies: ["CatalogueTool"]),
    .executableTarget(name: "NumericVersionTool", swiftSettings: strict),
    .testTarget(
      name: "NumericVersionToolTests", dependencies: ["NumericVersionTool"],
      swiftSettings: strict),
    .plugin(
      name: "NumericVersion", capability: .buildTool(), dependencies: ["NumericVersionTool"]),
    .executableTarget(
      name: "detectron",
      dependencies: [
        "ArrhythmiaReport", "Experiments", "Models", "Datasets", "Documents", "Plotting",
        "Statistics", "ECG", "Neural", "Tensors", commandLine,
      ],
      swiftSettings: strict, plugins: ["NumericVersion"]),
    .testTarget(name: "CommandTests", dependencies: ["detectron"], swiftSettings: strict),
  ]
    + room("Tensors", ["CKernels"], tests: ["KernelCases"], golden: true)
    + room("Neural", ["Tensors", "CKernels"], golden: true)
    + room("ECG", ["Tensors"], golden: true)
    + room("Statistics", ["Tensors", "CKernels"], tests: ["SimulatedStudies"], golden: true)
    + room("Plotting", ["CCairo", "CZlib"])
    + room("Documents", [crypto], golden: true)
    + room("Typesetting", ["Documents", "Plotting"])
    + room("Datasets", ["ECG", "Tensors", "CKernels", "CZlib", crypto], golden: true)
    + room("Models", ["Neural", "Tensors"], golden: true, plugins: ["Catalogue"])
    + room(
      "Experiments", ["Models", "Neural", "Datasets", "Statistics", "Tensors", crypto, yaml],
      plugins: ["NumericVersion"])
    + room(
      "ArrhythmiaReport",
      ["Experiments", "Datasets", "Documents", "Plotting", "Typesetting", "Statistics", "ECG"],
      golden: true, plugins: ["Catalogue"]),
  swiftLanguageModes: [.v6]
)
