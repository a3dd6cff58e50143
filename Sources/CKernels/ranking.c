// Sums over ranked rows: compiled for three instruction sets, chosen when the program is loaded.
#include "ranking.h"

#include <string.h>

#pragma clang fp contract(off)

typedef int32_t Counts __attribute__((vector_size(4 * DETECTRON_RANKING_LANES)));
typedef int64_t Masks __attribute__((vector_size(8 * DETECTRON_RANKING_LANES)));
typedef double Sums __attribute__((vector_size(8 * DETECTRON_RANKING_LANES)));

enum { isPositive = 1, endsTie = 2, hasPositive = 4, flagBits = 3 };

#if defined(__x86_64__)
#define DETECTRON_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DETECTRON_CLONES
#endif

DETECTRON_CLONES
void detectron_ranked_sums(
    const DetectronRankedRows *rows, long count, const int32_t *weights,
    DetectronRankedSums *sums) {
  Sums positives = {0}, all = {0}, positivesAbove = {0}, allAbove = {0};
  Sums doubledLosses = {0}, precisionSum = {0};
  const Sums one = {1, 1, 1, 1, 1, 1, 1, 1};
  for (long place = 0; place < count; place++) {
    uint32_t flags = rows[place].unit;
    Counts counts;
    memcpy(&counts, weights + (flags >> flagBits) * (long)DETECTRON_RANKING_LANES, sizeof counts);
    Sums added = __builtin_convertvector(counts * rows[place].count, Sums);
    all += added;
    if (flags & isPositive) positives += added;
    if (!(flags & endsTie)) continue;
    if (flags & hasPositive) {
      Sums found = positives - positivesAbove;
      doubledLosses += found * ((allAbove - positivesAbove) + (all - positives));
      // Without rows there is nothing found either: 0 / 1.
      Masks isEmpty = all == 0;
      Sums divisor = (Sums)(((Masks)all & ~isEmpty) | ((Masks)one & isEmpty));
      precisionSum += found * positives / divisor;
      positivesAbove = positives;
    }
    allAbove = all;
  }
  for (int lane = 0; lane < DETECTRON_RANKING_LANES; lane++)
    sums[lane] = (DetectronRankedSums){
        positives[lane], all[lane], doubledLosses[lane], precisionSum[lane]};
}

DETECTRON_CLONES
void detectron_ranked_crossings(
    const DetectronRankedRows *rows, long count, const int32_t *weights, int counts_positives,
    const int32_t *thresholds, long threshold_count, DetectronCrossing *crossings) {
  Counts positives = {0}, all = {0}, positivesBefore = {0}, allBefore = {0}, next;
  long places[DETECTRON_RANKING_LANES] = {0};
  for (int lane = 0; lane < DETECTRON_RANKING_LANES; lane++)
    next[lane] = threshold_count ? thresholds[lane * threshold_count] : INT32_MAX;
  for (long place = 0; place < count; place++) {
    uint32_t flags = rows[place].unit;
    Counts added;
    memcpy(&added, weights + (flags >> flagBits) * (long)DETECTRON_RANKING_LANES, sizeof added);
    added *= rows[place].count;
    all += added;
    if (flags & isPositive) positives += added;
    if (!(flags & endsTie)) continue;
    Counts counted = counts_positives ? positives : all - positives;
    if (__builtin_reduce_or(counted >= next)) {
      for (int lane = 0; lane < DETECTRON_RANKING_LANES; lane++) {
        const int32_t *own = thresholds + lane * threshold_count;
        while (places[lane] < threshold_count && counted[lane] >= own[places[lane]]) {
          crossings[lane * threshold_count + places[lane]] = (DetectronCrossing){
              positives[lane], all[lane], positivesBefore[lane], allBefore[lane]};
          places[lane]++;
        }
        next[lane] = places[lane] < threshold_count ? own[places[lane]] : INT32_MAX;
      }
    }
    positivesBefore = positives;
    allBefore = all;
  }
}
