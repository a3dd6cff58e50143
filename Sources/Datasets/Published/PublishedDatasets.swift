/// The data sets as they were published: S. Fazeli, ECG Heartbeat Categorization Dataset, Kaggle
/// (shayanfazeli/heartbeat), described in Kachuee et al. 2018, doi:10.1109/ICHI.2018.00092.
enum PublishedDatasets {
  /// The task `mitbih`: the rows of the training file, then those of the test file.
  static func mitbih(train: String, test: String) throws(DatasetsError) -> Dataset {
    let trainRows = try PublishedFile(path: train, counts: [72_471, 2_223, 5_788, 641, 6_431])
    let testRows = try PublishedFile(path: test, counts: [18_118, 556, 1_448, 162, 1_608])
    let count = trainRows.labels.count + testRows.labels.count
    return Dataset(
      id: "mitbih", title: "MIT-BIH arrhythmia", classes: MITBIHDataset.classes,
      rows: trainRows.rows + testRows.rows, labels: trainRows.labels + testRows.labels,
      origins: nil,
      split: Split(
        train: Array(0..<trainRows.labels.count), test: Array(trainRows.labels.count..<count)),
      protocolLabel: MITBIHDataset.protocolLabel, source: .publishedFiles, strips: [])
  }

  /// The task `ptb`: the rows of the normal file, then those of the abnormal file; training rows in
  /// this order, test rows in scikit-learn's.
  static func ptb(normal: String, abnormal: String) throws(DatasetsError) -> Dataset {
    let normalRows = try PublishedFile(path: normal, counts: [4_046, 0])
    let abnormalRows = try PublishedFile(path: abnormal, counts: [0, 10_506])
    return Dataset(
      id: "ptb", title: "PTB diagnostic", classes: ptbClasses,
      rows: normalRows.rows + abnormalRows.rows, labels: normalRows.labels + abnormalRows.labels,
      origins: nil, split: ptbSplit, protocolLabel: "split by beat, no patient id",
      source: .publishedFiles, rowSamplingRate: 125, strips: [])
  }

  static let ptbClasses = [
    ClassLabel(symbol: "normal", name: "healthy controls"),
    ClassLabel(symbol: "abnormal", name: "patients with a heart disease"),
  ]

  /// The published split of the 14,552 rows of the task `ptb`.
  static let ptbSplit: Split = {
    let test = Base64.decodeIndices(PTBSplitTable.testRows)
    var isTest = [Bool](repeating: false, count: 14_552)
    for row in test { isTest[row] = true }
    return Split(train: isTest.indices.filter { !isTest[$0] }, test: test)
  }()
}
