// The kernels for any processor: correct everywhere, fast where the compiler's base target has
// fused multiply-add (arm64), slow on x86-64 without it.
#define DETECTRON_ISA portable
#if defined(__aarch64__)
#define DETECTRON_TILE_ROWS 6
#define DETECTRON_WIDE_ROWS 6
#else
#define DETECTRON_TILE_ROWS 2
#define DETECTRON_WIDE_ROWS 1
#endif
#include "kernels.inc"
