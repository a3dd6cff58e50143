/// The beats of some records of the MIT-BIH Arrhythmia Database, in record and time order.
struct MITBIHBeats {
  private(set) var rows: [Float] = []
  private(set) var labels: [UInt8] = []
  private(set) var origins: [BeatOrigin] = []
  /// Rows of ``BeatContext``; empty where they were not asked for.
  private(set) var context: [Float] = []
  private(set) var leads: [RecordLead] = []
  private(set) var strips: [ECGStrip] = []

  /// Reads the records.
  ///
  /// - Throws: `DatasetsError` if one is missing or damaged.
  init(
    directory: String, records: [String], lead: RecordRows.Lead, hasContext: Bool = false
  ) throws(DatasetsError) {
    try RecordReading.inOrder(records.count) { (index) throws(DatasetsError) in
      try RecordRows(
        directory: directory, record: records[index], lead: lead, hasContext: hasContext)
    } take: { index, part in
      let record = records[index]
      rows += part.rows
      labels += part.labels
      origins += part.samples.map {
        BeatOrigin(record: record, subject: MITBIHDataset.subject(of: record), sample: $0)
      }
      context += part.context
      leads.append(RecordLead(record: record, lead: part.lead))
      strips += part.strips
    }
  }

  /// Rows of each class, in label order.
  func counts(_ rows: some Sequence<Int>) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: MITBIHDataset.classes.count)) {
      $0[Int(labels[$1])] += 1
    }
  }

  /// The rows of some records, in order.
  func rows(of records: [String]) -> [Int] {
    origins.indices.filter { records.contains(origins[$0].record) }
  }
}
