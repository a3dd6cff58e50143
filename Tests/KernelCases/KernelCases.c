#include "KernelCases.h"

#include <string.h>

// All arrays of a case lie in one pool, which is hashed as a whole: what a kernel must leave alone
// counts too.
enum { POOL = 1 << 18 };
static _Alignas(64) float pool[POOL];
static long used;
static uint32_t stream, array;

/// Philox4x32-10, a word at a time. Source: Salmon et al., doi:10.1145/2063384.2063405.
static uint32_t word(uint32_t index) {
  uint32_t x[4] = {index / 4, array, stream, 0}, key[2] = {0x6b65726e, 0x656c7321};
  for (int round = 0; round < 10; round++) {
    uint64_t first = (uint64_t)x[0] * 0xd2511f53u, second = (uint64_t)x[2] * 0xcd9e8d57u;
    uint32_t next[4] = {(uint32_t)(second >> 32) ^ x[1] ^ key[0], (uint32_t)second,
                        (uint32_t)(first >> 32) ^ x[3] ^ key[1], (uint32_t)first};
    memcpy(x, next, sizeof x);
    key[0] += 0x9e3779b9u;
    key[1] += 0xbb67ae85u;
  }
  return x[index % 4];
}

/// Numbers within ± the size, and as many behind them as a kernel may read. Each array has numbers
/// of its own; which ones rests on clang, which evaluates arguments from left to right.
static float *noise(long count, float size) {
  float *start = pool + used;
  long length = (count + 31) / 16 * 16;
  used += length;
  if (used > POOL) __builtin_trap();
  array++;
  for (long i = 0; i < length; i++)
    start[i] = ((float)(word((uint32_t)i) >> 8) * 0x1p-23f - 1) * size;
  return start;
}

/// The same, every third number zero.
static float *sparse(long count, float size) {
  float *start = noise(count, size);
  for (long i = 0; i < count; i += 3) start[i] = 0;
  return start;
}

/// The same, none below zero.
static float *positive(long count, float size) {
  float *start = noise(count, size);
  for (long i = 0; i < count; i++) start[i] = start[i] < 0 ? -start[i] : start[i];
  return start;
}

/// Whole numbers from 0 to below the bound.
static int32_t *indices(long count, uint32_t bound) {
  int32_t *start = (int32_t *)noise(count, 1);
  for (long i = 0; i < count; i++) start[i] = (int32_t)(word((uint32_t)i) % bound);
  return start;
}

typedef const DetectronKernels Kernels;

static void product_case(Kernels *k) {
  // Rows of a convolution; a gated gradient; one long chain; the gradient of weights, whose inner
  // loop goes down the columns of A; as many columns and rows as leave parts of tiles.
  static const struct {
    long batches, rows, columns, outer, inner;
    int across, bias, gate, accumulate, relu;
  } shapes[] = {{1, 37, 50, 3, 7, 0, 1, 0, 0, 1},  {3, 5, 16, 1, 9, 0, 0, 1, 1, 0},
                {2, 29, 33, 1, 150, 0, 1, 1, 0, 0}, {1, 21, 47, 4, 13, 1, 0, 0, 1, 0},
                {4, 6, 5, 2, 19, 0, 0, 0, 0, 0}};
  for (int i = 0; i < 5; i++) {
    long rows = shapes[i].rows, columns = shapes[i].columns, inner = shapes[i].inner;
    long outer = shapes[i].outer, batches = shapes[i].batches;
    DetectronProduct p = {.batches = batches, .rows = rows, .columns = columns, .outer = outer,
                          .inner = inner};
    p.a_row = shapes[i].across ? 1 : inner;
    p.a_inner = shapes[i].across ? rows : 1;
    p.a_outer = shapes[i].across ? inner * rows : 2 * inner;
    p.a_batch = (rows + 2 * outer) * inner;
    p.a = noise(batches * p.a_batch + outer * inner * rows, 1);
    p.b_inner = columns;
    p.b_outer = inner * columns;
    p.b_batch = batches == 3 ? outer * inner * columns : 0;
    p.b = noise(batches * outer * inner * columns, 1);
    p.c_row = columns + (i & 1);
    p.c_batch = rows * p.c_row;
    p.c = noise(batches * p.c_batch, 1);
    if (shapes[i].bias) p.bias = noise(columns, 1);
    if (shapes[i].gate) p.gate = noise(batches * p.c_batch, 1);
    p.gate_batch = p.c_batch;
    p.accumulate = shapes[i].accumulate;
    p.relu = shapes[i].relu;
    k->product(&p);
  }
}

enum { BATCHES = 3, ROWS = 11, COLUMNS = 37, BATCH = ROWS * COLUMNS, ALL = BATCHES * BATCH };

static void column_sums_case(Kernels *k) {
  const float *x = noise(ALL, 1);
  for (int accumulate = 0; accumulate < 2; accumulate++)
    k->column_sums(BATCHES, ROWS, COLUMNS, x, BATCH, noise(COLUMNS, 1), accumulate);
}

static void squared_deviations_case(Kernels *k) {
  const float *x = noise(ALL, 1), *mean = noise(COLUMNS, 1);
  k->squared_deviations(BATCHES, ROWS, COLUMNS, x, BATCH, mean, noise(COLUMNS, 1));
}

static void centered_products_case(Kernels *k) {
  const float *x = noise(ALL, 1), *dy = noise(ALL, 1), *mean = noise(COLUMNS, 1);
  for (int accumulate = 0; accumulate < 2; accumulate++)
    k->centered_products(BATCHES, ROWS, COLUMNS, x, BATCH, dy, BATCH, mean, noise(COLUMNS, 1),
                         accumulate);
}

static void scale_channels_case(Kernels *k) {
  const float *x = noise(ALL, 1), *z = noise(ALL, 1), *gate = noise(ALL, 1);
  const float *factor = noise(COLUMNS, 1), *second = noise(COLUMNS, 1), *offset = noise(COLUMNS, 1);
  // Most combinations of what may be given, and a row that is spread over all samples.
  for (int given = 0; given < 128; given++) {
    if (given % 3 != 1 && given > 32) continue;
    DetectronChannels p = {.batches = BATCHES, .rows = ROWS, .columns = COLUMNS, .x = x,
                           .x_batch = BATCH, .x_row = given & 16 ? 0 : COLUMNS,
                           .factor = given & 1 ? factor : 0, .z = given & 2 ? z : 0,
                           .z_batch = BATCH, .z_row = COLUMNS, .z_factor = given & 4 ? second : 0,
                           .offset = given & 8 ? offset : 0, .gate = given & 32 ? gate : 0,
                           .gate_batch = BATCH, .y = noise(ALL, 1), .y_batch = BATCH,
                           .y_row = COLUMNS, .accumulate = given >> 6, .relu = given >> 4 & 1};
    k->scale_channels(&p);
  }
}

static void transpose_case(Kernels *k) {
  k->transpose(35, COLUMNS, noise(35 * COLUMNS, 1), COLUMNS, noise(35 * COLUMNS, 1), 35);
}

// Windows side by side, overlapping ones, and ones that begin before the row.
enum { POOLINGS = 3 };
static DetectronPooling pooling(int index) {
  static const long windows[POOLINGS][4] = {{2, 2, 0, 8}, {5, 2, 0, 7}, {3, 1, 1, 17}};
  const long *w = windows[index];
  return (DetectronPooling){.batches = BATCHES, .length = 17, .pooled = w[3], .channels = COLUMNS,
                            .window = w[0], .stride = w[1], .before = w[2],
                            .input_batch = 17 * COLUMNS, .output_batch = w[3] * COLUMNS,
                            .gradient_batch = 17 * COLUMNS};
}

/// An odd and an even number of outputs a row.
static const DetectronFiltering filterings[] = {{BATCHES, 7, COLUMNS}, {BATCHES, 8, COLUMNS}};
enum { SLAB = BATCHES * 4 * COLUMNS };

static void filter_inputs_case(Kernels *k) {
  for (int i = 0; i < 2; i++)
    k->filter_inputs(&filterings[i], noise(ALL, 1), BATCH, noise(4 * SLAB, 1));
}

static void filter_outputs_case(Kernels *k) {
  const float *slabs = noise(2 * SLAB, 1), *bias = noise(COLUMNS, 1);
  for (int i = 0; i < 2; i++)
    for (int start = 0; start < 3; start++)
      k->filter_outputs(&filterings[i], slabs, start == 1 ? bias : 0, start == 2, noise(ALL, 1),
                        BATCH);
}

static void filter_gradients_case(Kernels *k) {
  for (int i = 0; i < 2; i++)
    k->filter_gradients(&filterings[i], noise(ALL, 1), BATCH, noise(2 * SLAB, 1));
}

static void filter_sums_case(Kernels *k) {
  k->filter_sums(BATCH, noise(3 * BATCH, 1), noise(2 * BATCH, 1));
}

static void filter_weights_case(Kernels *k) {
  const float *products = noise(4 * BATCH, 1);
  for (int accumulate = 0; accumulate < 2; accumulate++)
    k->filter_weights(BATCH, products, noise(3 * BATCH, 1), accumulate);
}

static void max_pool_case(Kernels *k) {
  for (int i = 0; i < POOLINGS; i++) {
    DetectronPooling p = pooling(i);
    const float *x = noise(BATCHES * p.input_batch, 1);
    k->max_pool(&p, x, noise(BATCHES * p.output_batch, 1));
  }
}

static void max_pool_gradient_case(Kernels *k) {
  for (int i = 0; i < 4 * POOLINGS; i++) {
    DetectronPooling p = pooling(i / 4);
    // Rectified input has ties.
    float *x = noise(BATCHES * p.input_batch, 1);
    for (long j = 0; j < BATCHES * p.input_batch; j++) x[j] = x[j] > 0 ? x[j] : 0;
    const float *dy = noise(BATCHES * p.output_batch, 1);
    k->max_pool_gradient(&p, x, dy, noise(BATCHES * p.gradient_batch, 1), i & 1, i >> 1 & 1);
  }
}

static void peak_case(Kernels *k) {
  const float *x = noise(ALL, 1);
  k->peak(BATCHES, ROWS, COLUMNS, x, BATCH, noise(BATCHES * COLUMNS, 1),
          indices(BATCHES * COLUMNS, 9));
}

// More taps than a kernel holds in registers, and more rows or channels than it combines at once.
static DetectronPeakConvolution peak_convolution(long batches, long channels) {
  return (DetectronPeakConvolution){
      .batches = batches, .channels = channels, .taps = 469, .step = 16, .input_batch = 32,
      .gradient = sparse(batches * channels, 1), .peak = indices(batches * channels, 9)};
}

/// Floats from the first tap of the first row to the last one of the last.
static long reach(const DetectronPeakConvolution *p) {
  return p->batches * p->input_batch + 9 * p->step + p->taps;
}

static void peak_weights_case(Kernels *k) {
  DetectronPeakConvolution p = peak_convolution(300, 19);
  const float *x = noise(reach(&p), 1);
  for (int accumulate = 0; accumulate < 2; accumulate++) {
    float *dw = noise(19 * p.taps, 1);
    k->peak_weights(&p, x, dw, noise(19, 1), accumulate);
  }
}

static void peak_data_case(Kernels *k) {
  DetectronPeakConvolution p = peak_convolution(3, 270);
  const float *w = noise(270 * p.taps, 1);
  k->peak_data(&p, w, noise(reach(&p), 1));
}

static void dropout_case(Kernels *k) {
  const uint32_t key[2] = {0x243f6a88, 0x85a308d3};
  const float *x = noise(ALL, 1);
  float *y = noise(ALL, 1);
  k->dropout(BATCHES, BATCH, key, 7, 1000, 0.3f, x, BATCH, y, BATCH, noise(ALL, 1));
}

static void multiply_case(Kernels *k) {
  for (int i = 0; i < 4; i++) {
    const float *x = noise(ALL, 1), *y = noise(ALL, 1), *gate = i & 1 ? noise(ALL, 1) : 0;
    k->multiply(ALL, x, y, gate, noise(ALL, 1), i >> 1);
  }
  // Results that are no normal numbers become zero, and so do factors.
  const float *small = noise(ALL, 0x1p-64f), *smaller = noise(ALL, 0x1p-62f);
  k->multiply(ALL, small, smaller, 0, noise(ALL, 1), 0);
  float *denormal = noise(ALL, 1);
  for (uint32_t i = 0; i < ALL; i++) {
    uint32_t bits = word(i) & 0x80ffffff;
    memcpy(denormal + i, &bits, 4);
  }
  const float *large = noise(ALL, 0x1p100f);
  k->multiply(ALL, denormal, large, 0, noise(ALL, 1), 0);
}

static void copy_case(Kernels *k) {
  for (int i = 0; i < 4; i++) {
    const float *x = noise(ALL, 1), *gate = i & 1 ? noise(ALL, 1) : 0;
    k->copy(ALL, x, gate, noise(ALL, 1), i >> 1);
  }
}

static void relu_case(Kernels *k) {
  const float *x = noise(ALL, 1);
  k->relu(ALL, x, noise(ALL, 1));
}

enum { WEIGHTS = 1003 };
static DetectronGradient gradient(const float **shards, long count, float size, int clipped) {
  for (long i = 0; i < count; i++) shards[i] = noise(WEIGHTS, size);
  return (DetectronGradient){.count = WEIGHTS, .shards = shards, .shard_count = count,
                             .scale = clipped ? 0.7f : 1,
                             .limit = clipped ? 0.2f : __builtin_inff()};
}

static void adam_case(Kernels *k) {
  const float *shards[4];
  // Gradients so small that their squares are no normal numbers come last.
  for (int i = 0; i < 3; i++) {
    DetectronAdam p = {.gradient = gradient(shards, 4 - i, i < 2 ? 1 : 0x1p-65f, i),
                       .weights = noise(WEIGHTS, 1), .first_moment = noise(WEIGHTS, 1),
                       .second_moment = positive(WEIGHTS, 1), .rate = 1e-3f, .beta1 = 0.9f,
                       .beta2 = 0.999f, .epsilon = 1e-7f};
    for (int step = 0; step < 3; step++) k->adam(&p);
  }
}

static void descent_case(Kernels *k) {
  const float *shards[3];
  for (int i = 0; i < 3; i++) {
    DetectronDescent p = {.gradient = gradient(shards, 3, 1, i & 1), .weights = noise(WEIGHTS, 1),
                          .velocity = i ? noise(WEIGHTS, 1) : 0, .rate = 0.01f, .momentum = 0.9f,
                          .nesterov = i == 2};
    k->descent(&p);
  }
}

static void squared_norm_case(Kernels *k) {
  const float *shards[4];
  for (int i = 0; i < 2; i++) {
    DetectronGradient p = gradient(shards, 4 - 3 * i, 1, i);
    double norm = k->squared_norm(&p);
    memcpy(noise(2, 1), &norm, sizeof norm);
  }
}

static void approach_case(Kernels *k) {
  const float *target = noise(ALL, 1);
  k->approach(ALL, target, 0.01f, noise(ALL, 1));
  k->approach(ALL, 0, 1e-4f, noise(ALL, 1));
}

/// Small numbers, middle ones, and some beyond the range of the result.
#define FUNCTION_CASE(name, function)                        \
  static void name##_case(Kernels *k) {                      \
    const float sizes[] = {0x1p-20f, 0.7f, 10, 100, 0x1p30f}; \
    for (int i = 0; i < 5; i++) {                            \
      const float *x = noise(ALL, sizes[i]);                 \
      k->function;                                           \
    }                                                        \
  }
FUNCTION_CASE(exp, exp(ALL, x, noise(ALL, 1)))
FUNCTION_CASE(tanh, tanh(ALL, x, noise(ALL, 1)))
FUNCTION_CASE(sigmoid, sigmoid(ALL, x, noise(ALL, 1)))
FUNCTION_CASE(gelu, gelu(ALL, x, noise(ALL, 1), i & 1 ? 0 : noise(ALL, 1)))

static void softmax_case(Kernels *k) {
  k->softmax(ROWS, COLUMNS, 0.125f, noise(BATCH, 40));
  k->softmax(1, COLUMNS, 1, noise(COLUMNS, 1));
}

static void softmax_gradient_case(Kernels *k) {
  const float *y = positive(BATCH, 0.2f);
  k->softmax_gradient(ROWS, COLUMNS, 0.125f, y, noise(BATCH, 1));
}

#define SLOPE_CASE(name)                                                                       \
  static void name##_case(Kernels *k) {                                                        \
    for (int i = 0; i < 4; i++) {                                                              \
      const float *y = noise(ALL, 1), *dy = noise(ALL, 1), *gate = i & 1 ? noise(ALL, 1) : 0;  \
      k->name(ALL, y, dy, gate, noise(ALL, 1), i >> 1);                                        \
    }                                                                                          \
  }
SLOPE_CASE(tanh_gradient)
SLOPE_CASE(sigmoid_gradient)

static DetectronPReLU rectifier(int given) {
  return (DetectronPReLU){.batches = BATCHES, .rows = ROWS, .columns = COLUMNS,
                          .x = noise(ALL, 1), .x_batch = BATCH, .slope = noise(COLUMNS, 1),
                          .y = noise(ALL, 1), .y_batch = BATCH, .dy = noise(ALL, 1),
                          .dy_batch = BATCH, .dx = given & 4 ? 0 : noise(ALL, 1),
                          .dx_batch = BATCH, .gate = given & 1 ? noise(ALL, 1) : 0,
                          .gate_batch = BATCH, .accumulate = given >> 1 & 1,
                          .dslope = noise(COLUMNS, 1)};
}

static void prelu_case(Kernels *k) {
  DetectronPReLU p = rectifier(0);
  k->prelu(&p);
}

static void prelu_gradient_case(Kernels *k) {
  for (int given = 0; given < 5; given++) {
    DetectronPReLU p = rectifier(given);
    k->prelu_gradient(&p);
  }
}

static DetectronLayerNorm layer_norm(int given) {
  return (DetectronLayerNorm){.batches = BATCHES, .rows = ROWS, .columns = COLUMNS,
                              .x = noise(ALL, 1), .x_batch = BATCH, .scale = noise(COLUMNS, 1),
                              .offset = noise(COLUMNS, 1), .epsilon = 1e-3f, .y = noise(ALL, 1),
                              .y_batch = BATCH, .moments = positive(BATCHES * ROWS * 2, 1),
                              .dy = noise(ALL, 1), .dy_batch = BATCH,
                              .dx = given & 4 ? 0 : noise(ALL, 1), .dx_batch = BATCH,
                              .gate = given & 1 ? noise(ALL, 1) : 0, .gate_batch = BATCH,
                              .accumulate = given >> 1 & 1, .dscale = noise(COLUMNS, 1),
                              .doffset = noise(COLUMNS, 1)};
}

static void layer_norm_case(Kernels *k) {
  DetectronLayerNorm p = layer_norm(0);
  k->layer_norm(&p);
}

static void layer_norm_gradient_case(Kernels *k) {
  for (int given = 0; given < 5; given++) {
    DetectronLayerNorm p = layer_norm(given);
    k->layer_norm_gradient(&p);
  }
}

/// A step of a cell with so many gates; the second time some rows sit it out.
static DetectronRecurrentStep recurrent_step(long gates, int masked) {
  enum { UNITS = 21, ROW = 4 * UNITS };
  float *active = masked ? noise(ROWS, 1) : 0;
  for (long i = 0; masked && i < ROWS; i++) active[i] = i % 3 != 1;
  return (DetectronRecurrentStep){
      .rows = ROWS, .units = UNITS, .gates = noise(ROWS * gates * UNITS, 1),
      .gates_row = gates * UNITS, .before = noise(ROWS * ROW, 1), .after = noise(ROWS * ROW, 1),
      .state_row = ROW, .cell_before = noise(ROWS * UNITS, 1), .cell_after = noise(ROWS * UNITS, 1),
      .active = active, .gradient = noise(ROWS * UNITS, 1), .cell_gradient = noise(ROWS * UNITS, 1),
      .output_gradient = masked ? noise(ROWS * ROW, 1) : 0, .output_gradient_row = ROW};
}

#define STEP_CASE(name, gates)                                     \
  static void name##_case(Kernels *k) {                            \
    for (int masked = 0; masked < 2; masked++) {                   \
      DetectronRecurrentStep p = recurrent_step(gates, masked);    \
      k->name(&p);                                                 \
    }                                                              \
  }
STEP_CASE(simple_step, 1)
STEP_CASE(simple_step_back, 1)
STEP_CASE(lstm_step, 4)
STEP_CASE(lstm_step_back, 4)
STEP_CASE(gru_step, 4)
STEP_CASE(gru_step_back, 4)

static const struct {
  const char *name;
  void (*run)(Kernels *);
} cases[] = {
#define CASE(name) {#name, name##_case}
    CASE(product),          CASE(column_sums),         CASE(squared_deviations),
    CASE(centered_products), CASE(scale_channels),     CASE(transpose),
    CASE(max_pool),         CASE(max_pool_gradient),   CASE(peak),
    CASE(peak_weights),     CASE(peak_data),           CASE(dropout),
    CASE(multiply),         CASE(copy),                CASE(relu),
    CASE(adam),             CASE(descent),             CASE(squared_norm),
    CASE(approach),         CASE(exp),                 CASE(tanh),
    CASE(sigmoid),          CASE(softmax),             CASE(softmax_gradient),
    CASE(tanh_gradient),    CASE(sigmoid_gradient),    CASE(gelu),
    CASE(prelu),            CASE(prelu_gradient),      CASE(layer_norm),
    CASE(layer_norm_gradient), CASE(simple_step),      CASE(simple_step_back),
    CASE(lstm_step),        CASE(lstm_step_back),      CASE(gru_step),
    CASE(gru_step_back),    CASE(filter_inputs),       CASE(filter_outputs),
    CASE(filter_gradients), CASE(filter_sums),         CASE(filter_weights),
};

enum { COUNT = sizeof cases / sizeof *cases };
_Static_assert(sizeof(DetectronKernels) == sizeof(char *) + COUNT * sizeof(void (*)(void)),
               "every kernel of the table has a case");

int kernel_case_count(void) { return COUNT; }

const char *kernel_case_name(int index) { return cases[index].name; }

uint64_t kernel_case_hash(const DetectronKernels *kernels, int index) {
  used = 0;
  array = 0;
  stream = (uint32_t)index;
  uint64_t state = detectron_flush_denormals();
  cases[index].run(kernels);
  detectron_restore(state);
  uint64_t hash = 0xcbf29ce484222325;
  const unsigned char *bytes = (const unsigned char *)pool;
  for (long i = 0; i < used * (long)sizeof(float); i++) hash = (hash ^ bytes[i]) * 0x100000001b3;
  return hash;
}
