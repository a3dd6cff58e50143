// Sums over ranked rows for eight weightings side by side. No trained number depends on them.
#ifndef DETECTRON_RANKING_H
#define DETECTRON_RANKING_H

#include <stdint.h>

#define DETECTRON_RANKING_LANES 8

/// Rows of one unit next to each other in a ranking, all positive or all not.
///
/// `unit` is three flags below the unit's number: 1 the rows are positive, 2 a lower score follows,
/// 4 a row of the same score so far is positive.
typedef struct {
  uint32_t unit;
  int32_t count;
} DetectronRankedRows;

/// What the areas of a ranking are made of, under one weighting.
typedef struct {
  /// The weight of all positive rows, and of all rows.
  double positives, rows;
  /// Twice the weight of pairs of a positive row and a negative one that are in the wrong order;
  /// ties count half.
  double doubled_losses;
  /// The sum over scores of the weight of their positive rows times the precision there.
  double precision_sum;
} DetectronRankedSums;

/// Walks from the highest score down. `weights` is `[units][8]`, sums of weights stay below 2³¹, and
/// `sums` has room for eight.
///
/// The same bits on every instruction set: each weighting is summed on its own in the order of the
/// rows, and nothing is contracted.
void detectron_ranked_sums(
    const DetectronRankedRows *rows, long count, const int32_t *weights,
    DetectronRankedSums *sums);

/// Where a curve goes past a number of rows: positive and all rows at and above the score there, and
/// at and above the one before it.
typedef struct {
  int32_t positives, rows;
  int32_t positives_before, rows_before;
} DetectronCrossing;

/// Walks from the highest score down and writes, for each weighting, where the weight of the
/// positive rows, or of all others, first reaches each of its thresholds.
///
/// `thresholds` is `[8][threshold_count]`, each part ascending, and `crossings` as large; what is not
/// reached stays as it was. `weights` as of `detectron_ranked_sums`.
void detectron_ranked_crossings(
    const DetectronRankedRows *rows, long count, const int32_t *weights, int counts_positives,
    const int32_t *thresholds, long threshold_count, DetectronCrossing *crossings);

#endif
