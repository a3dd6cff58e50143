/// What a core can do at most: fused multiply-adds that touch registers only.
#ifndef DETECTRON_PEAK_LOOP_H
#define DETECTRON_PEAK_LOOP_H

#pragma clang assume_nonnull begin

/// Runs `rounds` rounds of independent chains in the vectors of an instruction set; returns the
/// multiply-adds of a round, or 0 where the instruction set has no such loop.
long detectron_peak_loop(const char *instruction_set, long rounds);

#pragma clang assume_nonnull end

#endif
