// Matrix products over packed weights, for one vector width; included by one source file per instruction set, which
// defines CDE_VECTOR_BYTES, and CDE_BF16 where a word holds two bfloat16 values of neighbouring k.
// Everything has internal linkage: the linker must not share code between instruction sets.
#pragma once
#include <cstdint>
#include <cstring>
#include "kernels.h"
#if defined(__AVX512BF16__)
#include <immintrin.h>
#endif

namespace {

typedef float vec __attribute__((vector_size(CDE_VECTOR_BYTES), aligned(4), may_alias));
typedef int32_t ivec __attribute__((vector_size(CDE_VECTOR_BYTES), aligned(4), may_alias));
typedef uint32_t uvec __attribute__((vector_size(CDE_VECTOR_BYTES), aligned(4), may_alias));

constexpr int64_t lanes = CDE_VECTOR_BYTES / 4;
constexpr int64_t panel = 2 * lanes;
constexpr int rows_per_tile = CDE_VECTOR_BYTES == 64 ? 12 : CDE_VECTOR_BYTES == 32 ? 6 : 8;
constexpr int64_t row_block = 96;        // rows of a that stay in the second-level cache while the panels pass
constexpr int64_t inner_block = 768;     // words of a row that stay there
constexpr int64_t tile_block = CDE_VECTOR_BYTES == 64 ? 192 : 256;  // words of a panel that stay in the first-level cache

inline vec load(const float* p) { return *reinterpret_cast<const vec*>(p); }
inline void store(float* p, vec v) { *reinterpret_cast<vec*>(p) = v; }
inline vec splat(float x) { return x - vec{}; }  // minus zero is exact for every x, so the compiler drops it

#ifdef CDE_BF16
constexpr int64_t values_per_word = 2;
typedef uint32_t word;
typedef uvec word_vec;
inline word_vec load_words(const word* p) { return *reinterpret_cast<const uvec*>(p); }
inline word_vec splat_word(word x) { return x - uvec{}; }

inline vec multiply_add(vec sum, word_vec a, word_vec b) {
#if defined(__AVX512BF16__)
    return (vec)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
#else
    sum += (vec)(a << 16) * (vec)(b << 16);
    return sum + (vec)(a & 0xffff0000u) * (vec)(b & 0xffff0000u);
#endif
}

// To bfloat16, nearest even.
inline uint32_t round_bf16(float x) {
    uint32_t bits;
    std::memcpy(&bits, &x, 4);
    return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}
inline word make_word(float first, float second) { return round_bf16(first) | round_bf16(second) << 16; }
#else
constexpr int64_t values_per_word = 1;
typedef float word;
typedef vec word_vec;
inline word_vec load_words(const word* p) { return load(p); }
inline word_vec splat_word(word x) { return splat(x); }
inline vec multiply_add(vec sum, word_vec a, word_vec b) { return sum + a * b; }
#endif

using cde::LinearJob;

inline int64_t words_of(int64_t inner) { return (inner + values_per_word - 1) / values_per_word; }
inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

int64_t packed_bytes(int64_t columns, int64_t inner) { return (columns + panel - 1) / panel * panel * words_of(inner) * 4; }

// Packs element (n, k) from w[n * by_column + k * by_inner]; columns and values past the end are zero.
void pack_strided(const float* w, int64_t by_column, int64_t by_inner, int64_t columns, int64_t inner, void* packed) {
    word* out = static_cast<word*>(packed);
    for (int64_t n0 = 0; n0 < columns; n0 += panel) {
        const int64_t width = least(panel, columns - n0);
        for (int64_t k = 0; k < inner; k += values_per_word, out += panel) {
            const float* from = w + n0 * by_column + k * by_inner;
#ifdef CDE_BF16
            const int64_t next = k + 1 < inner ? by_inner : 0;
            for (int64_t n = 0; n < width; n++) out[n] = make_word(from[n * by_column], next ? from[n * by_column + next] : 0.0f);
#else
            for (int64_t n = 0; n < width; n++) out[n] = from[n * by_column];
#endif
            for (int64_t n = width; n < panel; n++) out[n] = 0;
        }
    }
}

void pack(const float* w, int64_t ldw, int64_t columns, int64_t inner, void* packed) { pack_strided(w, ldw, 1, columns, inner, packed); }
void pack_transposed(const float* w, int64_t ldw, int64_t columns, int64_t inner, void* packed) { pack_strided(w, 1, ldw, columns, inner, packed); }

// c (R, panel) = or += a (R, k words) * one panel: 2 R sums in registers.
template <int R>
__attribute__((noinline)) void tile(const word* a, int64_t lda, const word* b, int64_t k, float* c, int64_t ldc, bool add) {
    vec sum[R][2];
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
        sum[i][0] = add ? load(c + i * ldc) : vec{};
        sum[i][1] = add ? load(c + i * ldc + lanes) : vec{};
    }
    for (int64_t p = 0; p < k; p++, b += panel) {
        const word_vec b0 = load_words(b), b1 = load_words(b + lanes);
#pragma GCC unroll 16
        for (int i = 0; i < R; i++) {
            const word_vec x = splat_word(a[i * lda + p]);
            sum[i][0] = multiply_add(sum[i][0], x, b0);
            sum[i][1] = multiply_add(sum[i][1], x, b1);
        }
    }
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
        store(c + i * ldc, sum[i][0]);
        store(c + i * ldc + lanes, sum[i][1]);
    }
}

typedef void (*Tile)(const word*, int64_t, const word*, int64_t, float*, int64_t, bool);
constexpr Tile tiles[] = {nullptr, tile<1>, tile<2>, tile<3>, tile<4>, tile<5>, tile<6>, tile<7>, tile<8>, tile<9>, tile<10>, tile<11>, tile<12>};

#ifdef CDE_BF16
// Rows of a as words: (rows, inner) -> (rows, words_of(inner)).
void to_words(const float* a, int64_t lda, int64_t rows, int64_t inner, word* out, int64_t words) {
    for (int64_t i = 0; i < rows; i++) {
        const float* row = a + i * lda;
        word* to = out + i * words;
        int64_t k = 0;
#if defined(__AVX512BF16__)
        for (; k + 32 <= inner; k += 32)
            _mm512_storeu_si512(to + k / 2, (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(row + k + 16), _mm512_loadu_ps(row + k)));
#endif
        for (; k + 1 < inner; k += 2) to[k / 2] = make_word(row[k], row[k + 1]);
        if (k < inner) to[k / 2] = make_word(row[k], 0);
    }
}
#endif

void finish(const LinearJob& job, int64_t row, int64_t rows, int64_t column);

void linear(const LinearJob& job) {
    const int64_t words = words_of(job.inner);
    for (int64_t m0 = 0; m0 < job.rows; m0 += row_block) {
        const int64_t rows = least(row_block, job.rows - m0);
        for (int64_t k0 = 0; k0 < words || k0 == 0; k0 += inner_block) {
            const int64_t k1 = least(k0 + inner_block, words);
#ifdef CDE_BF16
            word* a = static_cast<word*>(job.scratch);
            const int64_t lda = k1 - k0;
            to_words(job.a + m0 * job.lda + 2 * k0, job.lda, rows, least(2 * k1, job.inner) - 2 * k0, a, lda);
#else
            const word* a = job.a + m0 * job.lda + k0;
            const int64_t lda = job.lda;
#endif
            for (int64_t n0 = 0; n0 < job.columns; n0 += panel) {
                const word* b = static_cast<const word*>(job.packed) + n0 * words;
                for (int64_t k = k0; k < k1; k += tile_block) {
                    const int64_t depth = least(tile_block, k1 - k);
                    for (int64_t m = 0; m < rows; m += rows_per_tile)
                        tiles[least(rows_per_tile, rows - m)](
                            a + m * lda + (k - k0), lda, b + k * panel, depth, job.c + (m0 + m) * job.ldc + n0, job.ldc, job.accumulate || k > 0);
                }
                if (k1 == words) finish(job, m0, rows, n0);
            }
        }
    }
}

}  // namespace
