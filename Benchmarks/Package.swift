// swift-tools-version: 6.2
import PackageDescription

// Benchmarks are a package of their own, so that the product neither builds nor ships them.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "detectron", path: "..")],
  targets: [
    .target(name: "PeakLoop"),
    .executableTarget(
      name: "EngineBenchmark",
      dependencies: [
        "PeakLoop", .product(name: "DetectronEngine", package: "detectron"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
