// swift-tools-version: 6.2
import PackageDescription

// Benchmarks are a package of their own, so that the product neither builds nor ships them.
let statistics = Target.Dependency.product(name: "DetectronStatistics", package: "detectron")
let engine = Target.Dependency.product(name: "DetectronEngine", package: "detectron")

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "detectron", path: "..")],
  targets: [
    .target(name: "PeakLoop"),
    .executableTarget(name: "EngineBenchmark", dependencies: ["PeakLoop", engine]),
    .executableTarget(name: "StatisticsBenchmark", dependencies: [statistics]),
    .executableTarget(name: "StatisticsStudy", dependencies: [statistics]),
  ],
  swiftLanguageModes: [.v6]
)
