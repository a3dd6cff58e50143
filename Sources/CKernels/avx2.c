// The kernels for x86-64 processors with AVX2 and FMA: sixteen registers of eight floats.
#if defined(__x86_64__)
#define DETECTRON_ISA avx2
#define DETECTRON_TARGET "avx2,fma"
#define DETECTRON_TILE_ROWS 6
#define DETECTRON_WIDE_ROWS 0
#define DETECTRON_MASKED_LANES 8
#include "kernels.inc"
#endif
