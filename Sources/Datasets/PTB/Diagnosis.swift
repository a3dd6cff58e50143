/// The reason why a patient of the PTB Diagnostic ECG Database was admitted, as far as the two
/// classes need it.
enum Diagnosis: UInt8, Sendable {
  /// A healthy control.
  case normal
  /// Any heart disease, or a complaint that led to a hospital.
  case abnormal

  /// The comment of a header that holds the reason.
  private static let field = "Reason for admission:"

  /// Every reason in the headers of the database that is one.
  ///
  /// Source: the headers of version 1.0.0 and the summary of its page,
  /// <https://physionet.org/content/ptbdb/1.0.0/>.
  private static let known: [String: Diagnosis] = [
    "healthy control": .normal, "myocardial infarction": .abnormal, "cardiomyopathy": .abnormal,
    "heart failure (nyha 2)": .abnormal, "heart failure (nyha 3)": .abnormal,
    "heart failure (nyha 4)": .abnormal, "bundle branch block": .abnormal,
    "dysrhythmia": .abnormal, "hypertrophy": .abnormal, "valvular heart disease": .abnormal,
    "myocarditis": .abnormal, "stable angina": .abnormal, "unstable angina": .abnormal,
    "palpitation": .abnormal,
  ]

  /// The reason in a header's comments, or `nil` where it is missing or `n/a`.
  static func reason(in comments: [String]) -> String? {
    comments.first { $0.hasPrefix(field) }.flatMap { given(String($0.dropFirst(field.count))) }
  }

  /// A reason without blanks around it, or `nil` where there is none.
  static func given(_ text: String) -> String? {
    let words = text.split { $0 == " " || $0 == "\t" }
    let reason = words.joined(separator: " ")
    return reason.isEmpty || reason.lowercased() == "n/a" ? nil : reason
  }

  /// The class of a reason; everything but a healthy control is abnormal.
  init(_ reason: String) {
    self = reason.lowercased() == "healthy control" ? .normal : .abnormal
  }

  /// The class of a reason that the database is known to have, or `nil`.
  init?(known reason: String) {
    guard let diagnosis = Self.known[reason.lowercased()] else { return nil }
    self = diagnosis
  }
}
