import Neural

/// A variant that is fed each beat beside its record instead of the beat alone: `[N, 384, 1]`, two
/// halves of 192 numbers, see `BeatContext` of the data sets.
///
/// It can be trained on tasks that have such rows only. The type is all that it declares: what a
/// variant is fed follows from it.
public protocol ContextualVariant: ModelVariant {}

/// Numbers of a row of a beat beside its record.
public let contextualRowLength = 384

extension ModelVariant {
  /// A task as the variant is fed it.
  public func fed(_ task: ClassificationTask) -> ClassificationTask {
    guard self is any ContextualVariant else { return task }
    return ClassificationTask(
      id: task.id, classCount: task.classCount, rowLength: contextualRowLength)
  }
}

/// The first half of a row as 96 samples of two channels, the beat and what is unlike the record's
/// median beat: `[N, 2, 192]` to `[N, 96, 2]`.
struct BeatChannels: Layer {
  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    Sequential {
      FirstSample()
      Reshape(length: input.channels / 2, channels: 2)
    }.build(&plan, input)
  }
}
