/// The five classes of beats of ANSI/AAMI EC57, in label order.
public enum BeatClass: UInt8, Sendable, CaseIterable {
  /// Normal and bundle branch block beats, atrial and nodal escape beats.
  case normal
  /// Atrial, nodal and other supraventricular premature beats.
  case supraventricular
  /// Ventricular premature and escape beats.
  case ventricular
  /// Fusion of a ventricular and a normal beat.
  case fusion
  /// Paced, fused with paced, and unclassifiable beats.
  case unknown

  /// The class of an annotated beat, or `nil` where the annotation is not one of the 15 kinds of
  /// beats of the MIT-BIH Arrhythmia Database.
  ///
  /// Source: ANSI/AAMI EC57, and for e and j the table of de Chazal et al. 2004,
  /// doi:10.1109/TBME.2004.827359.
  public init?(_ code: AnnotationCode) {
    switch code.symbol {
    case "N", "L", "R", "e", "j": self = .normal
    case "A", "a", "J", "S": self = .supraventricular
    case "V", "E": self = .ventricular
    case "F": self = .fusion
    case "/", "f", "Q": self = .unknown
    default: return nil
    }
  }

  /// The class's letter: N, S, V, F or Q.
  public var symbol: String {
    switch self {
    case .normal: "N"
    case .supraventricular: "S"
    case .ventricular: "V"
    case .fusion: "F"
    case .unknown: "Q"
    }
  }

  /// The class's name.
  public var name: String {
    switch self {
    case .normal: "normal and bundle branch block beats"
    case .supraventricular: "supraventricular ectopic beats"
    case .ventricular: "ventricular ectopic beats"
    case .fusion: "fusion of ventricular and normal beats"
    case .unknown: "paced and unclassifiable beats"
    }
  }
}
