/// The data sets as they were published: S. Fazeli, ECG Heartbeat Categorization Dataset, Kaggle
/// (shayanfazeli/heartbeat), described in Kachuee et al. 2018, doi:10.1109/ICHI.2018.00092.
///
/// Generated files of the same form (``SyntheticFiles``) become a data set of generated signals.
enum PublishedDatasets {
  /// The task `mitbih`: the rows of the training file, then those of the test file.
  static func mitbih(train: String, test: String) throws(DatasetsError) -> Dataset {
    let trainRows = try PublishedFile(path: train, counts: [72_471, 2_223, 5_788, 641, 6_431])
    let testRows = try PublishedFile(path: test, counts: [18_118, 556, 1_448, 162, 1_608])
    let count = trainRows.labels.count + testRows.labels.count
    let isSynthetic = SyntheticFiles.areMarked([train, test])
    return Dataset(
      id: "mitbih", title: title("MIT-BIH arrhythmia", isSynthetic), classes: MITBIHDataset.classes,
      rows: trainRows.rows + testRows.rows, labels: trainRows.labels + testRows.labels,
      origins: nil,
      split: Split(
        train: Array(0..<trainRows.labels.count), test: Array(trainRows.labels.count..<count)),
      protocolLabel: label(MITBIHDataset.protocolLabel, isSynthetic),
      source: isSynthetic ? .synthetic : .publishedFiles, strips: [])
  }

  /// The task `ptb`: the rows of the normal file, then those of the abnormal file; training rows in
  /// this order, test rows in scikit-learn's.
  static func ptb(
    normal: String, abnormal: String, notes: [String] = []
  ) throws(DatasetsError) -> Dataset {
    let normalRows = try PublishedFile(path: normal, counts: [ptbCounts[0], 0])
    let abnormalRows = try PublishedFile(path: abnormal, counts: [0, ptbCounts[1]])
    let isSynthetic = SyntheticFiles.areMarked([normal, abnormal])
    return Dataset(
      id: "ptb", title: title("PTB diagnostic", isSynthetic), classes: PTBDataset.classes,
      rows: normalRows.rows + abnormalRows.rows, labels: normalRows.labels + abnormalRows.labels,
      origins: nil, split: ptbSplit,
      protocolLabel: label("split by beat, no patient id", isSynthetic),
      source: isSynthetic ? .synthetic : .publishedFiles,
      rowSamplingRate: isSynthetic ? SyntheticFiles.rowSamplingRate : PTBDataset.rowSamplingRate,
      strips: [], notes: notes)
  }

  /// The published rows of each class of the task `ptb`.
  static let ptbCounts = [4_046, 10_506]

  private static func title(_ title: String, _ isSynthetic: Bool) -> String {
    isSynthetic ? "Synthetic stand-in for \(title)" : title
  }

  private static func label(_ label: String, _ isSynthetic: Bool) -> String {
    isSynthetic ? "\(SyntheticDataset.mark); \(label)" : label
  }

  /// The published split of the 14,552 rows of the task `ptb`.
  static let ptbSplit: Split = {
    let test = Base64.decodeIndices(PTBSplitTable.testRows)
    var isTest = [Bool](repeating: false, count: ptbCounts.reduce(0, +))
    for row in test { isTest[row] = true }
    return Split(train: isTest.indices.filter { !isTest[$0] }, test: test)
  }()
}
