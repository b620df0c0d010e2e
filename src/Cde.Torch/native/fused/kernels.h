// The arithmetic of the fused encoder, once per instruction set. Plain C++: no libtorch, no allocation.
#pragma once
#include <cstdint>

namespace cde {

enum class Activation : int32_t { None = 0, Gelu = 1, Silu = 2, Sigmoid = 3 };

// c = activation(a * W^T + bias) * factor, or c += a * W^T. Rows of c have room for columns rounded up to the panel width.
struct LinearJob {
    const float* a;         // (rows, inner), row stride lda
    const void* packed;     // from pack or pack_transposed
    const float* bias;      // (columns), padded with zeros to the panel width; null for none
    const float* factor;    // (rows, columns), row stride ldc; null for none
    float* c;               // (rows, columns), row stride ldc
    int64_t rows, columns, inner, lda, ldc;
    Activation activation;
    bool accumulate;
    void* scratch;          // scratch_bytes
};

// One instruction set's functions. Packed matrices are panels of `panel` columns, [columns / panel][inner][panel].
struct Kernels {
    const char* name;
    int32_t panel;
    int64_t scratch_bytes;
    int64_t (*packed_bytes)(int64_t columns, int64_t inner);
    void (*pack)(const float* w, int64_t ldw, int64_t columns, int64_t inner, void* packed);             // w (columns, inner)
    void (*pack_transposed)(const float* w, int64_t ldw, int64_t columns, int64_t inner, void* packed);  // w (inner, columns)
    void (*linear)(const LinearJob& job);
    void (*softmax)(float* scores, int64_t rows, int64_t width, int64_t stride, float scale);            // width a multiple of panel
    void (*add_norm)(const float* y, int64_t ldy, float* x, int64_t ldx, int64_t rows, int64_t width, const float* weight, const float* bias, float epsilon);
    void (*rotate)(float* row, int64_t heads, int64_t head_width, int64_t half, const float* cosines, const float* sines);
};

const Kernels* kernels_generic();
#if defined(__x86_64__)
const Kernels* kernels_avx2();
const Kernels* kernels_avx512();
const Kernels* kernels_avx512_bf16();
#endif
const Kernels* kernels_generic_bf16();

// The kernels for a precision by a fixed rule from the CPU's features, or those of a name; null where the CPU lacks them.
const Kernels* choose_kernels(bool bfloat16, const char* name);

}  // namespace cde
