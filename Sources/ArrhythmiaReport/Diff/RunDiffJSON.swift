import Experiments
import Foundation

extension RunDiff {
  /// The comparison as JSON with sorted keys; the schema stands in docs/diff.md.
  ///
  /// Numbers have the shortest digits that read back exactly; what is undefined is null.
  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(tree), as: UTF8.self) + "\n"
    }
  }

  private var tree: JSONTree {
    .object([
      "schema": .text("detectron-diff-1"), "old": old.tree, "new": new.tree,
      "level": .number(options.level), "draws": .count(options.draws),
      "has_intervals": .flag(options.hasIntervals),
      "summary": .object(
        Dictionary(
          uniqueKeysWithValues: ScoreDiff.Verdict.allCases.map {
            ($0.rawValue, JSONTree.count(count($0)))
          })),
      "only_old": .texts(onlyOld), "only_new": .texts(onlyNew),
      "tasks": .list(tasks.map(\.tree)), "figures": figures?.tree ?? .null,
    ])
  }
}

extension RunDiff.Side {
  fileprivate var tree: JSONTree { .object(["label": .text(label), "run": .text(runID)]) }
}

extension TaskDiff {
  fileprivate var tree: JSONTree {
    .object([
      "id": .text(id), "title": .text(title), "protocol": .text(protocolLabel),
      "is_synthetic": .flag(isSynthetic), "has_same_rows": .flag(hasSameRows),
      "units": .text(units), "only_old": .texts(onlyOld), "only_new": .texts(onlyNew),
      "variants": .list(variants.map(\.tree)),
    ])
  }
}

extension VariantDiff {
  fileprivate var tree: JSONTree {
    .object([
      "name": .text(name), "title": .text(title),
      "old": .object(["recipe": .text(oldRecipe), "seeds": .list(oldSeeds.map { .count($0) })]),
      "new": .object(["recipe": .text(newRecipe), "seeds": .list(newSeeds.map { .count($0) })]),
      "causes": .list(
        causes.map { cause in
          .object([
            "kind": .text(cause.kind.rawValue), "input": .text(cause.input),
            "old": .text(cause.old), "new": .text(cause.new),
          ])
        }), "scores": .list(scores.map(\.tree)), "rows": rows?.tree ?? .null,
      "curves": .list(
        curves.map { gap in
          .object([
            "kind": .text(gap.kind.rawValue), "class": .count(gap.classIndex),
            "area": .number(gap.area),
          ])
        }),
    ])
  }
}

extension ScoreDiff {
  fileprivate var tree: JSONTree {
    .object([
      "score": .text(id), "old": .number(old), "new": .number(new),
      "difference": .number(difference), "verdict": .text(verdict.rawValue),
      "reason": .text(reason), "test": test?.tree ?? .null,
    ])
  }
}

extension ScoreTest {
  fileprivate var tree: JSONTree {
    .object([
      "about": .text(scope.rawValue),
      "interval": interval.map {
        JSONTree.object(["low": .number($0.low), "high": .number($0.high)])
      } ?? .null,
      "p": .number(pValue), "p_holm": .number(adjustedPValue),
      "p_trainings_fixed": .number(fixedTrainingsPValue), "effect": .number(effect),
      "cliffs_delta": .number(cliffsDelta),
      "beatwise": beatwise.map {
        JSONTree.object(["test": .text($0.name), "p": .list($0.pValues.map { .number($0) })])
      } ?? .null,
    ])
  }
}

extension ChangedRows {
  fileprivate var tree: JSONTree {
    func list(_ rows: [Row]) -> JSONTree {
      .list(
        rows.map { row in
          .object([
            "row": .count(row.place), "label": .count(row.label), "old": .count(row.old),
            "new": .count(row.new), "record": .text(row.record),
          ])
        })
    }
    return .object(["only_old_right": list(lost), "only_new_right": list(gained)])
  }
}

extension FigureDistances {
  fileprivate var tree: JSONTree {
    .object([
      "only_old": .texts(onlyOld), "only_new": .texts(onlyNew),
      "entries": .list(
        entries.map { entry in
          .object([
            "name": .text(entry.name), "is_same": .flag(entry.isSame),
            "changed_pixels": .number(entry.changedPixels),
            "values": entry.values.map { values in
              .object([
                "numbers": .count(values.numbers), "changed": .count(values.changed),
                "largest": .number(values.largest),
                "largest_of_span": .number(values.largestOfSpan), "texts": .count(values.texts),
              ])
            } ?? .null,
          ])
        }),
    ])
  }
}

/// A JSON value in which what is missing is null.
indirect enum JSONTree: Encodable {
  case null
  case flag(Bool)
  case count(Int)
  case number(Double?)
  case text(String?)
  case list([JSONTree])
  case object([String: JSONTree])

  static func texts(_ texts: [String]) -> JSONTree { .list(texts.map { .text($0) }) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .count(let count): try container.encode(count)
    case .number(let number): try container.encode(number.flatMap { $0.isFinite ? $0 : nil })
    case .text(let text): try container.encode(text)
    case .list(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    }
  }
}
