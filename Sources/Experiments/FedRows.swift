import Datasets
import Models

extension Dataset {
  /// What a network has to tell apart.
  var task: ClassificationTask {
    ClassificationTask(id: id, classCount: classes.count, rowLength: rowWidth)
  }

  /// The rows as a variant is fed them; `nil` where the data has no such rows.
  func fed(to variant: any ModelVariant) -> Dataset? {
    variant is any ContextualVariant ? inContext : self
  }
}
