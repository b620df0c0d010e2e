// Compiled with -mavx512f, its companions and -mavx512bf16.
#define CDE_VECTOR_BYTES 64
#define CDE_BF16
#include "rows_impl.h"

const cde::Kernels* cde::kernels_avx512_bf16() {
    static constexpr Kernels kernels = table("avx512-bf16");
    return &kernels;
}
