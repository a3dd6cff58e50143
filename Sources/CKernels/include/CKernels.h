/// The numeric kernels of detectron.
///
/// Every function gives the same bits whatever instruction set it was compiled for: an output
/// element is one chain of fused multiply-adds in a fixed order, sums over a vector use 16 fixed
/// lanes. Activations are `[N, L, C]`, channels last. Pointers need no alignment; kernels may
/// read, never write, up to 15 floats beyond the last element of an array.
#ifndef DETECTRON_CKERNELS_H
#define DETECTRON_CKERNELS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// `C[n][r][c] (+)= start + Σ_outer Σ_inner A[n][r][o][i] · B[n][o][i][c]`, all strides in floats.
///
/// The one kernel behind convolutions (forward, data and weights), dense layers, recurrent steps
/// and attention. A chain begins with the bias, with what C holds (`accumulate`) or with zero.
typedef struct DetectronProduct {
  long batches, rows, columns, outer, inner;
  const float *a;
  long a_batch, a_row, a_outer, a_inner;
  const float *b;
  long b_batch, b_outer, b_inner;
  float *c;
  long c_batch, c_row;
  /// Start of each chain, one value a column.
  const float *_Nullable bias;
  /// In the layout of C: the result is kept where the gate is above zero, else it is zero.
  const float *_Nullable gate;
  long gate_batch;
  /// The chain starts with what C holds.
  int accumulate;
  /// Negative results become zero.
  int relu;
} DetectronProduct;

/// A window that slides along the samples of `[N, L, C]`; the first one starts `before` samples
/// ahead of the row, and what lies outside the row is never the maximum.
typedef struct DetectronPooling {
  long batches, length, pooled, channels, window, stride, before;
  /// Floats from one row of the batch to the next: of the input, of the output side (values going
  /// forward, gradients going back) and of the input's gradient.
  long input_batch, output_batch, gradient_batch;
} DetectronPooling;

/// The gradient of all weights: the shards' sum, in order, times the scale, within ± the limit.
typedef struct DetectronGradient {
  long count;
  const float *const _Nonnull *_Nonnull shards;
  long shard_count;
  /// 1 and infinity where nothing is clipped.
  float scale, limit;
} DetectronGradient;

/// One update of Adam.
///
/// Source: Kingma and Ba, doi:10.48550/arXiv.1412.6980, in the form of Keras:
/// `w −= rate · m / (√v + ε)`, the bias corrections folded into `rate`.
typedef struct DetectronAdam {
  DetectronGradient gradient;
  float *weights, *first_moment, *second_moment;
  float rate, beta1, beta2, epsilon;
} DetectronAdam;

/// One update of gradient descent: `v = momentum · v − rate · g; w += v`, or with Nesterov's look
/// ahead `w += momentum · v − rate · g`; without velocity `w −= rate · g`.
typedef struct DetectronDescent {
  DetectronGradient gradient;
  float *weights;
  float *_Nullable velocity;
  float rate, momentum;
  int nesterov;
} DetectronDescent;

/// Minimal filtering F(2, 3): pairs of neighbouring outputs of three taps by four products.
///
/// Source: Winograd, doi:10.1137/1.9781611970364; Lavin and Gray, doi:10.1109/CVPR.2016.435.
typedef struct DetectronFiltering {
  /// Outputs a row; a slab holds `[batches][(length + 1) / 2][channels]`.
  long batches, length, channels;
} DetectronFiltering;

/// A convolution whose output goes into a global maximum only: its gradient is one sample a
/// channel.
typedef struct DetectronPeakConvolution {
  long batches, channels, taps;
  /// `[batches][channels]`: gradient of each maximum, and the sample that holds it.
  const float *gradient;
  const int32_t *peak;
  /// Floats from one sample to the next of the input, and from one row to the next.
  long step, input_batch;
} DetectronPeakConvolution;

/// `y[n][r][c] (+)= x · factor[c] + z · z_factor[c] + offset[c]`, kept where the gate is above
/// zero: lines a channel, sums, copies into wider rows, and with a row stride of 0 one row spread
/// over all samples. Factors that are not given are one.
typedef struct DetectronChannels {
  long batches, rows, columns;
  const float *x;
  long x_batch, x_row;
  const float *_Nullable factor;
  const float *_Nullable z;
  long z_batch, z_row;
  const float *_Nullable z_factor;
  const float *_Nullable offset;
  /// Rows of `columns` floats.
  const float *_Nullable gate;
  long gate_batch;
  float *y;
  long y_batch, y_row;
  int accumulate;
  int relu;
} DetectronChannels;

/// `y[n][r][c] = x` above zero, `x · slope[c]` elsewhere, and the gradients of that.
typedef struct DetectronPReLU {
  long batches, rows, columns;
  const float *x;
  long x_batch;
  /// One value a column.
  const float *slope;
  float *_Nullable y;
  long y_batch;
  const float *_Nullable dy;
  long dy_batch;
  float *_Nullable dx;
  long dx_batch;
  /// In rows of `columns` floats: `dx` is kept where the gate is above zero.
  const float *_Nullable gate;
  long gate_batch;
  /// Whether `dx` is added to what it holds.
  int accumulate;
  /// Gradient of each column's slope, one chain a column.
  float *_Nullable dslope;
} DetectronPReLU;

/// Each sample's channels to mean 0 and variance 1, then a line a channel; and the gradients of
/// that.
typedef struct DetectronLayerNorm {
  long batches, rows, columns;
  const float *x;
  long x_batch;
  /// One value a column.
  const float *scale, *offset;
  /// Added to each variance.
  float epsilon;
  float *_Nullable y;
  long y_batch;
  /// `[batches][rows][2]`: mean and inverse deviation, kept for the gradients.
  float *moments;
  const float *_Nullable dy;
  long dy_batch;
  float *_Nullable dx;
  long dx_batch;
  /// In rows of `columns` floats: `dx` is kept where the gate is above zero.
  const float *_Nullable gate;
  long gate_batch;
  /// Whether `dx` is added to what it holds.
  int accumulate;
  /// Gradients of scale and offset, added to what stands there, one chain a column.
  float *_Nullable dscale, *_Nullable doffset;
} DetectronLayerNorm;

/// One step of a recurrent cell, for some rows.
///
/// LSTM: gates are input, forget, candidate, output. GRU: candidate (from the input), update,
/// reset, candidate (from the state), since its reset gate stands behind the product. A simple
/// cell has its sums in `after` when going forward.
typedef struct DetectronRecurrentStep {
  long rows, units;
  /// `[rows][gates][units]`: weighted sums become activations; back, gradients of the sums.
  float *gates;
  long gates_row;
  /// State before and after the step, `[rows][units]` with `state_row` floats a row.
  const float *before;
  float *after;
  long state_row;
  /// The LSTM's cell before and after the step, `[rows][units]`.
  const float *_Nullable cell_before;
  float *_Nullable cell_after;
  /// Zero where a row sits the step out: state and gradients are handed on.
  const float *_Nullable active;
  /// `[rows][units]`: gradients with respect to state and cell after the step; becomes what
  /// reaches state and cell before it, the product with the recurrent weights left out. Where that
  /// is nothing (simple cell and LSTM, all rows active) the state's is not written.
  float *gradient;
  float *_Nullable cell_gradient;
  /// Added to the gradient of the state after the step.
  const float *_Nullable output_gradient;
  long output_gradient_row;
} DetectronRecurrentStep;

/// The kernels of one instruction set.
typedef struct DetectronKernels {
  const char *name;
  void (*product)(const DetectronProduct *);
  /// `out[c] (+)= Σ_n Σ_r x[n][r][c]`, four chains a column.
  void (*column_sums)(long batches, long rows, long columns, const float *x, long x_batch,
                      float *out, int accumulate);
  /// `out[c] = Σ_n Σ_r (x[n][r][c] − mean[c])²`, four chains a column.
  void (*squared_deviations)(long batches, long rows, long columns, const float *x, long x_batch,
                             const float *mean, float *out);
  /// `out[c] (+)= Σ_n Σ_r dy[n][r][c] · (x[n][r][c] − mean[c])`, four chains a column.
  void (*centered_products)(long batches, long rows, long columns, const float *x, long x_batch,
                            const float *dy, long dy_batch, const float *mean, float *out,
                            int accumulate);
  void (*scale_channels)(const DetectronChannels *);
  /// `out[c][r] = in[r][c]`.
  void (*transpose)(long rows, long columns, const float *in, long in_row, float *out,
                    long out_row);
  void (*max_pool)(const DetectronPooling *, const float *x, float *y);
  /// Gives each window's gradient to the first of its maxima; with `gated`, not where it is ≤ 0.
  void (*max_pool_gradient)(const DetectronPooling *, const float *x, const float *dy, float *dx,
                            int gated, int accumulate);
  /// From the samples that pairs of outputs see to the four slabs of the products.
  void (*filter_inputs)(const DetectronFiltering *, const float *x, long x_batch, float *slabs);
  /// From two slabs to the beginning of each pair of outputs; `bias` or what stands there is added.
  void (*filter_outputs)(const DetectronFiltering *, const float *slabs,
                         const float *_Nullable bias, int accumulate, float *y, long y_batch);
  /// From the gradients of outputs to the two slabs of sums and differences.
  void (*filter_gradients)(const DetectronFiltering *, const float *dy, long dy_batch,
                           float *slabs);
  /// From `[3][count]` taps to `[2][count]` sums.
  void (*filter_sums)(long count, const float *taps, float *sums);
  /// From `[4][count]` sums of products to the gradient of `[3][count]` taps.
  void (*filter_weights)(long count, const float *products, float *dw, int accumulate);
  /// Maximum over all samples and the first sample that holds it.
  void (*peak)(long batches, long length, long channels, const float *x, long x_batch, float *y,
               int32_t *index);
  /// `dw[channel][taps] (+)= Σ_n gradient · x[n][peak]`; the layout is output channel first.
  void (*peak_weights)(const DetectronPeakConvolution *, const float *x, float *dw, float *db,
                       int accumulate);
  /// `dx[n][peak…] += gradient · w[channel]`, on input gradients that were zeroed before.
  void (*peak_data)(const DetectronPeakConvolution *, const float *w, float *dx);
  /// Inverted dropout; `scale` receives 0 or `1 / (1 − rate)` for each element.
  void (*dropout)(long batches, long count, const uint32_t *key, uint32_t step, uint32_t first_row,
                  float rate, const float *x, long x_batch, float *y, long y_batch, float *scale);
  /// `out[i] (+)= x[i] · y[i]`, kept where the gate is above zero.
  void (*multiply)(long count, const float *x, const float *y, const float *_Nullable gate,
                   float *out, int accumulate);
  /// `out[i] (+)= x[i]`, kept where the gate is above zero.
  void (*copy)(long count, const float *x, const float *_Nullable gate, float *out,
               int accumulate);
  void (*relu)(long count, const float *x, float *y);
  void (*adam)(const DetectronAdam *);
  void (*descent)(const DetectronDescent *);
  /// The sum of the squares of the gradient before it is clipped.
  double (*squared_norm)(const DetectronGradient *);
  /// `x[i] += share · (target[i] − x[i])`; without a target, towards zero.
  void (*approach)(long count, const float *_Nullable target, float share, float *x);
  /// The exponential, the hyperbolic tangent and the logistic function, within 2 ulp.
  void (*exp)(long count, const float *x, float *y);
  void (*tanh)(long count, const float *x, float *y);
  void (*sigmoid)(long count, const float *x, float *y);
  /// Each column of `x[r][c]` becomes `exp(scale · x) / Σ_r exp(scale · x)`; a sum is one chain.
  void (*softmax)(long rows, long columns, float scale, float *x);
  /// `dy[r][c] = scale · y · (dy − Σ_r y · dy)`: from the gradient of ``softmax`` to that of its
  /// input; `y` is what it gave.
  void (*softmax_gradient)(long rows, long columns, float scale, const float *y, float *dy);
  /// `out[i] (+)= dy[i] · slope`, kept where the gate is above zero, from the function's value `y`.
  void (*tanh_gradient)(long count, const float *y, const float *dy, const float *_Nullable gate,
                        float *out, int accumulate);
  void (*sigmoid_gradient)(long count, const float *y, const float *dy,
                           const float *_Nullable gate, float *out, int accumulate);
  /// `x Φ(x)`, Φ the standard normal distribution within 6e-7 of itself; where `slope` is given it
  /// receives `Φ(x) + x φ(x)`.
  void (*gelu)(long count, const float *x, float *y, float *_Nullable slope);
  void (*prelu)(const DetectronPReLU *);
  void (*prelu_gradient)(const DetectronPReLU *);
  void (*layer_norm)(const DetectronLayerNorm *);
  void (*layer_norm_gradient)(const DetectronLayerNorm *);
  /// What a recurrent cell does between two products, forward and backward.
  void (*simple_step)(const DetectronRecurrentStep *);
  void (*simple_step_back)(const DetectronRecurrentStep *);
  void (*lstm_step)(const DetectronRecurrentStep *);
  void (*lstm_step_back)(const DetectronRecurrentStep *);
  void (*gru_step)(const DetectronRecurrentStep *);
  void (*gru_step_back)(const DetectronRecurrentStep *);
} DetectronKernels;

/// The kernels of an instruction set (`portable`, `avx2` or `avx512`), or null where this
/// processor lacks it or the name is unknown.
const DetectronKernels *_Nullable detectron_kernels(const char *name);

/// Makes this thread flush denormal numbers to zero; returns what `detectron_restore` takes.
uint64_t detectron_flush_denormals(void);
/// Puts the thread's treatment of denormal numbers back.
void detectron_restore(uint64_t state);

#pragma clang assume_nonnull end

#endif
