/// Where published results can be read.
enum PublishedSource {
  /// The address of a source by its short name; `nil` for what this program computes.
  static func address(of source: String) -> String? {
    addresses.first { $0.source == source }?.address
  }

  private static let addresses: [(source: String, address: String)] = [
    (
      "arrhythmia-detectron",
      "https://github.com/ceylanmesut/Arrhythmia-Detectron-A-Deep-Dive-into-Electrocardiogram-"
        + "ECG-Signal-Classification"
    ),
    ("cvxtz-baseline", "https://github.com/CVxTz/ECG_Heartbeat_Classification"),
    ("kachuee-2018", "https://doi.org/10.1109/ICHI.2018.00092"),
    ("gozsoy", "https://github.com/gozsoy/ml-for-healthcare-projects"),
    ("bberabi", "https://github.com/BBerabi/ECG-Heartbeat-Classification-and-Transfer-Learning"),
    ("nkdnnlr", "https://github.com/nkdnnlr/ECG-Heartbeat-Classification"),
    ("ecgtransform-2024", "https://hdl.handle.net/10356/171854"),
    ("iranet-2023", "https://doi.org/10.1109/TIM.2022.3232646"),
    ("ra-cnn-2022", "https://doi.org/10.1155/2022/2323625"),
    ("mondejar-2019", "https://www.sciencedirect.com/science/article/pii/S1746809418301976"),
    ("garcia-2017", "https://doi.org/10.1038/s41598-017-09837-3"),
    ("de-chazal-2004", "https://doi.org/10.1109/TBME.2004.827359"),
  ]
}
