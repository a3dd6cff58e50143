import Tensors

extension SyntheticSubject {
  /// The waves of one beat: those of its kind, with the small differences between any two beats.
  ///
  /// - Parameter interval: Seconds since the R peak before, which set the time of the T wave.
  func waves(
    of beat: SyntheticBeat, interval: Double, random: inout RandomStream
  ) -> [Wave] {
    let base: [Wave]
    switch beat {
    case .normal: base = sinus
    case .bundleBranchBlock: base = blocked
    case .atrialPremature: base = atrialPremature()
    case .ventricularPremature: base = ventricular
    case .fusion: base = Self.mixture(sinus, ventricular, random.nextUniform(in: 0.35...0.7))
    case .paced: base = paced
    case .pacedFusion: base = Self.mixture(sinus, paced, random.nextUniform(in: 0.35...0.7))
    }
    return varied(base, interval: interval, random: &random)
  }

  /// Seconds from the R peak to the sample that is annotated; paced beats are annotated at the
  /// spike.
  func annotationOffset(of beat: SyntheticBeat) -> Double {
    beat == .paced || beat == .pacedFusion ? paced[0].time : 0
  }

  /// A sinus beat whose P wave comes from elsewhere and whose late part is conducted slowly.
  private func atrialPremature() -> [Wave] {
    var waves = sinus
    waves[0] = waves[0].scaled(by: ectopicP.factor).moved(by: ectopicP.shift)
    waves[3].amplitude *= aberrancy
    waves[3].fall *= aberrancy
    waves[4].amplitude *= 0.8
    return waves + [retrogradeP]
  }

  /// Two activations of the same ventricles at once: each excites a part of them.
  private static func mixture(_ first: [Wave], _ second: [Wave], _ part: Double) -> [Wave] {
    first.map { $0.scaled(by: 1 - part) } + second.map { $0.scaled(by: part) }
  }

  /// Beat-to-beat differences of a few per cent; waves later than 0.2 s follow the square root of
  /// the interval (Bazett 1920).
  private func varied(
    _ waves: [Wave], interval: Double, random: inout RandomStream
  ) -> [Wave] {
    let rate = max(0.4, min(interval, 1.4)).squareRoot()
    let (common, width) = random.nextNormalPair()
    return waves.map { wave in
      let (height, shift) = random.nextNormalPair()
      return wave.scaled(by: (1 + 0.04 * common) * (1 + 0.06 * height))
        .stretched(by: (1 + 0.03 * width) * (wave.time > 0.2 ? rate : 1))
        .moved(by: 0.02 * shift * wave.time)
    }
  }
}
