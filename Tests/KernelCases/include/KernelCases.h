/// Every kernel on fixed pseudo-random input: one hash a kernel, the same on every processor.
///
/// In C and not in Swift because the same calls also run where no Swift is: cross-compiled, on
/// emulated processors (`scripts/arm64.sh`, `scripts/no-fma.sh`).
#ifndef DETECTRON_KERNEL_CASES_H
#define DETECTRON_KERNEL_CASES_H

#include <stdint.h>

#include "CKernels.h"

#pragma clang assume_nonnull begin

/// The number of kernels, in the order of the table.
int kernel_case_count(void);
/// The name of a kernel, as the table has it.
const char *kernel_case_name(int index);
/// The 64-bit FNV-1a hash of everything that a kernel was given and left behind, denormal numbers
/// flushed; not for two threads at once.
uint64_t kernel_case_hash(const DetectronKernels *kernels, int index);

#pragma clang assume_nonnull end

#endif
