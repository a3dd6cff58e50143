// The kernels for x86-64 processors with AVX-512: thirty-two registers of sixteen floats.
#if defined(__x86_64__)
#define DETECTRON_ISA avx512
#define DETECTRON_TARGET "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"
#define DETECTRON_TILE_ROWS 24
#define DETECTRON_WIDE_ROWS 14
#define DETECTRON_MASKED_LANES 16
#include "kernels.inc"
#endif
