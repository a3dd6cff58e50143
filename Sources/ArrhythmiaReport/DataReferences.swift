import Datasets
import Documents

/// What a reader needs to find a work that is cited.
struct Reference {
  let text: String
  /// The digital object identifier, without the resolver's address.
  let doi: String

  /// The reference with its link, for a list.
  var prose: Prose {
    "\(text). \(.link(Prose("doi:\(doi)"), address: "https://doi.org/\(doi)"))."
  }

  static let arrhythmiaDatabase = Reference(
    text: """
      Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia Database. IEEE Engineering in \
      Medicine and Biology 20(3):45–50, 2001
      """, doi: "10.1109/51.932724")
  static let arrhythmiaRecordings = Reference(
    text: """
      MIT-BIH Arrhythmia Database, version 1.0.0, PhysioNet; Open Data Commons Attribution License \
      v1.0 (ODC-By 1.0)
      """, doi: "10.13026/C2F305")
  static let diagnosticRecordings = Reference(
    text: """
      Bousseljot R, Kreiseler D, Schnabel A. Nutzung der EKG-Signaldatenbank CARDIODAT der PTB über \
      das Internet. Biomedizinische Technik 40, Ergänzungsband 1, S 317, 1995. PTB Diagnostic ECG \
      Database, version 1.0.0, PhysioNet; Open Data Commons Attribution License v1.0 (ODC-By 1.0)
      """, doi: "10.13026/C28C71")
  static let physioNet = Reference(
    text: """
      Goldberger AL, Amaral LAN, Glass L, et al. PhysioBank, PhysioToolkit, and PhysioNet: \
      components of a new research resource for complex physiologic signals. Circulation \
      101(23):e215–e220, 2000
      """, doi: "10.1161/01.CIR.101.23.e215")
  static let heartbeats = Reference(
    text: """
      Kachuee M, Fazeli S, Sarrafzadeh M. ECG heartbeat classification: a deep transferable \
      representation. IEEE International Conference on Healthcare Informatics, 443–444, 2018
      """, doi: "10.1109/ICHI.2018.00092")
  static let records = Reference(
    text: """
      De Chazal P, O’Dwyer M, Reilly RB. Automatic classification of heartbeats using ECG \
      morphology and heartbeat interval features. IEEE Transactions on Biomedical Engineering \
      51(7):1196–1206, 2004
      """, doi: "10.1109/TBME.2004.827359")
  static let dynamicalModel = Reference(
    text: """
      McSharry PE, Clifford GD, Tarassenko L, Smith LA. A dynamical model for generating synthetic \
      electrocardiogram signals. IEEE Transactions on Biomedical Engineering 50(3):289–294, 2003
      """, doi: "10.1109/TBME.2003.808805")
}

extension DatasetSummary {
  /// What the rows are worth, given where they come from, and the works to cite.
  var provenanceBlocks: [Document.Block] {
    [
      .paragraph(provenance + (notes ?? []).reduce("") { $0 + " \($1)" } + " " + toCite),
      .list(references.map(\.prose), isNumbered: false),
    ]
  }

  private var toCite: Prose { references.count == 1 ? "Work to cite:" : "Works to cite:" }

  private var provenance: Prose {
    switch source {
    case .recordings where isDiagnostic:
      """
      The beats were cut from lead II of the recordings by the rule of the published set, as far as \
      it is known: every eighth sample of windows of 10 s; from each R peak (a local maximum of at \
      least nine tenths of the window's range, the highest within 200 ms) 1.2 median intervals, \
      within the window; what is longer than a row is cut. Nobody has annotated these recordings: \
      where another wave is higher than R, a “beat” begins there. Rows and split are not those of \
      the published files, which name no patient, and results on them are not comparable. Whoever \
      has no diagnosis is left out\(id == "ptb-10s" ? " (patient200)" : "").
      """
    case .recordings where id.hasPrefix("mitbih-inter"):
      """
      The beats were cut from the recordings by the rule of the published set and have its classes; \
      the two sets of records are those of de Chazal et al. (DS1 and DS2). \(beatClasses)
      """
    case .recordings:
      """
      This is a rebuilt set, and results on it are results on a rebuilt set, not on the published \
      files: the beats were cut from the recordings by the rule of the published set, with its \
      class counts and its split. The rows that could be compared equal the published ones, but \
      the test part as a whole does not have the published checksum. At least one row differs, \
      likely among five test rows (counted from 0: \(10_022), \(16_721), \(18_308), \(18_616) and \
      \(20_575)): no second annotation follows them, and that their end is found from the end of \
      the record is an assumption. \(beatClasses)
      """
    case .publishedFiles:
      """
      The rows are those of the published comma-separated files (ECG Heartbeat Categorization \
      Dataset, S. Fazeli), taken as they are, without a look at the recordings behind them.
      """
    case .synthetic:
      """
      The recordings behind the rows come from a dynamical model of the electrocardiogram, and the \
      beats are cut from them by the rule of the published set. They stand for no patient.
      """
    }
  }

  /// Which annotations make a class.
  private var beatClasses: Prose {
    """
    Classes by annotation: N of N, L, R, e and j; S of A, a, J and S; V of V and E; F of F; Q of /, f \
    and Q.
    """
  }

  /// Whether the rows come from the PTB Diagnostic ECG Database.
  private var isDiagnostic: Bool { id.hasPrefix("ptb") }

  private var references: [Reference] {
    let published: [Reference] =
      isDiagnostic
      ? [.heartbeats, .diagnosticRecordings, .physioNet]
      : [.heartbeats, .arrhythmiaDatabase, .arrhythmiaRecordings, .physioNet]
        + (id.hasPrefix("mitbih-inter") ? [.records] : [])
    return source == .synthetic ? [.dynamicalModel] : published
  }
}
