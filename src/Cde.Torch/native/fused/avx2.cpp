// Compiled with -mavx2 -mfma.
#define CDE_VECTOR_BYTES 32
#include "rows_impl.h"

const cde::Kernels* cde::kernels_avx2() {
    static constexpr Kernels kernels = table("avx2");
    return &kernels;
}
