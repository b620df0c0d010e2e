// Compiled for the baseline of the architecture.
#define CDE_VECTOR_BYTES 16
#include "rows_impl.h"

const cde::Kernels* cde::kernels_generic() {
    static constexpr Kernels kernels = table("generic");
    return &kernels;
}
