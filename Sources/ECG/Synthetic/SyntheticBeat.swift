/// A kind of beat that the generator makes.
public enum SyntheticBeat: Sendable, CaseIterable {
  /// A sinus beat, normally conducted.
  case normal
  /// A sinus beat with left bundle branch block: wide, with an opposed T wave.
  case bundleBranchBlock
  /// An atrial premature beat: early, with a deviating P wave.
  case atrialPremature
  /// A premature ventricular contraction: early, wide, without P wave, with opposed T wave.
  case ventricularPremature
  /// Fusion of a ventricular and a normal beat.
  case fusion
  /// A beat of a ventricular pacemaker: a spike and a wide complex.
  case paced
  /// Fusion of a paced and a normal beat.
  case pacedFusion

  /// The annotation symbol of the WFDB library.
  public var symbol: String {
    switch self {
    case .normal: "N"
    case .bundleBranchBlock: "L"
    case .atrialPremature: "A"
    case .ventricularPremature: "V"
    case .fusion: "F"
    case .paced: "/"
    case .pacedFusion: "f"
    }
  }

  /// Whether the beat comes before it is due.
  var isPremature: Bool { self == .atrialPremature || self == .ventricularPremature }
}
