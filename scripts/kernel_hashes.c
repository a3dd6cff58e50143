// Prints the kernels' hashes for the instruction set that is named. C, since it is cross-compiled
// for processors that have no Swift here: see arm64.sh and no-fma.sh.
#include <stdio.h>

#include "KernelCases.h"

int main(int count, char **words) {
  const DetectronKernels *kernels = count == 2 ? detectron_kernels(words[1]) : 0;
  if (!kernels) {
    fprintf(stderr, "error: give an instruction set of this processor: portable, avx2 or avx512\n");
    return 64;
  }
  for (int i = 0; i < kernel_case_count(); i++)
    printf("%s %016llx\n", kernel_case_name(i),
           (unsigned long long)kernel_case_hash(kernels, i));
  return 0;
}
