// bfloat16 products without bfloat16 instructions: for tests of the bfloat16 layout on any CPU.
#define CDE_VECTOR_BYTES 16
#define CDE_BF16
#include "rows_impl.h"

const cde::Kernels* cde::kernels_generic_bf16() {
    static constexpr Kernels kernels = table("generic-bf16");
    return &kernels;
}
