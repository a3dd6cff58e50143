// The choice of an instruction set at run time, and the treatment of denormal numbers.
#include <string.h>

#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

extern const DetectronKernels detectron_kernels_portable;
#if defined(__x86_64__)
extern const DetectronKernels detectron_kernels_avx2;
extern const DetectronKernels detectron_kernels_avx512;
#endif

const DetectronKernels *detectron_kernels(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int fma = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (strcmp(name, "avx512") == 0)
    return fma && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
               ? &detectron_kernels_avx512
               : 0;
  if (strcmp(name, "avx2") == 0) return fma ? &detectron_kernels_avx2 : 0;
#endif
  return strcmp(name, "portable") == 0 ? &detectron_kernels_portable : 0;
}

uint64_t detectron_flush_denormals(void) {
#if defined(__x86_64__)
  unsigned state = _mm_getcsr();
  _mm_setcsr(state | 0x8040);
  return state;
#elif defined(__aarch64__)
  uint64_t state;
  __asm__ volatile("mrs %0, fpcr" : "=r"(state));
  __asm__ volatile("msr fpcr, %0" : : "r"(state | (1u << 24)));
  return state;
#else
  return 0;
#endif
}

void detectron_restore(uint64_t state) {
#if defined(__x86_64__)
  _mm_setcsr((unsigned)state);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(state));
#else
  (void)state;
#endif
}
