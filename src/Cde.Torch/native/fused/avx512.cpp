// Compiled with -mavx512f and its companions.
#define CDE_VECTOR_BYTES 64
#include "rows_impl.h"

const cde::Kernels* cde::kernels_avx512() {
    static constexpr Kernels kernels = table("avx512");
    return &kernels;
}
