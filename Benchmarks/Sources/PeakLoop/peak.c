#include <string.h>

#include "PeakLoop.h"

// Chains enough to hide the latency of an addition on two units. They start with a number that the
// compiler does not know: else it sees that some of them never change, and leaves them out.
enum { chains = 12 };

#define LOOP(name, attributes, lanes)                                                       \
  typedef float Vector_##name __attribute__((vector_size(4 * lanes)));                      \
  attributes static long name(long rounds, volatile float *sink) {                          \
    Vector_##name sum[chains], term = (Vector_##name){0} + *sink, factor = term * 0.7f;      \
    for (int i = 0; i < chains; i++) sum[i] = term * (float)i;                              \
    for (long r = 0; r < rounds; r++)                                                       \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < chains; i++)                   \
          sum[i] = __builtin_elementwise_fma(sum[i], factor, term);                         \
    for (int i = 0; i < chains; i++) *sink = sum[i][0];                                     \
    return chains * lanes;                                                                  \
  }

#if defined(__x86_64__)
LOOP(avx512, __attribute__((target("avx512f"))), 16)
LOOP(avx2, __attribute__((target("avx2,fma"))), 8)
#elif defined(__aarch64__)
LOOP(portable, , 4)
#endif

long detectron_peak_loop(const char *instruction_set, long rounds) {
  volatile float sink = 0.9f;
#if defined(__x86_64__)
  if (strcmp(instruction_set, "avx512") == 0) return avx512(rounds, &sink);
  if (strcmp(instruction_set, "avx2") == 0) return avx2(rounds, &sink);
#elif defined(__aarch64__)
  if (strcmp(instruction_set, "portable") == 0) return portable(rounds, &sink);
#endif
  return 0;
}
