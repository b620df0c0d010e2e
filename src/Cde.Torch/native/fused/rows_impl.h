// Row-wise arithmetic of the fused encoder: activations, softmax, layer norm, rotation. Included after gemm_impl.h.
#pragma once
#include <cmath>
#include "gemm_impl.h"

namespace {

inline vec smaller(vec a, vec b) { return a < b ? a : b; }
inline vec larger(vec a, vec b) { return a > b ? a : b; }

// e^x to 2 ulp: 2^n times a polynomial of degree 6 (Cephes expf); 0 below -87, and no more than e^88, the last power that a float holds.
inline vec exponential(vec x) {
    const vec limited = smaller(larger(x, splat(-87.3f)), splat(88.0f));
    vec n = limited * 1.44269504f + 12582912.0f;    // 1.5 * 2^23: the sum's low bits are round(x / ln 2)
    const ivec exponent = (ivec)n << 23;
    n -= 12582912.0f;
    const vec r = (limited - n * 0.693359375f) + n * 2.12194440e-4f;
    vec y = splat(1.9875691500e-4f);
    y = y * r + 1.3981999507e-3f;
    y = y * r + 8.3334519073e-3f;
    y = y * r + 4.1665795894e-2f;
    y = y * r + 1.6666665459e-1f;
    y = y * r + 5.0000001201e-1f;
    y = y * r * r + r + 1.0f;
    const vec scaled = (vec)((ivec)y + exponent);
    return x < splat(-87.3f) ? vec{} : scaled;
}

// erf to 3e-7: the rational approximation on [-4, 4] that Eigen uses for float.
inline vec error_function(vec x) {
    x = smaller(larger(x, splat(-4.0f)), splat(4.0f));
    const vec s = x * x;
    vec p = splat(-2.72614225801306e-10f);
    p = p * s + 2.77068142495902e-08f;
    p = p * s - 2.10102402082508e-06f;
    p = p * s - 5.69250639462346e-05f;
    p = p * s - 7.34990630326855e-04f;
    p = p * s - 2.95459980854025e-03f;
    p = p * s - 1.60960333262415e-02f;
    vec q = splat(-1.45660718464996e-05f);
    q = q * s - 2.13374055278905e-04f;
    q = q * s - 1.68282697438203e-03f;
    q = q * s - 7.37332916720468e-03f;
    q = q * s - 1.42647390514189e-02f;
    return x * p / q;
}

inline vec activate(vec x, cde::Activation activation) {
    switch (activation) {
        case cde::Activation::Gelu: return x * 0.5f * (1.0f + error_function(x * 0.70710678f));
        case cde::Activation::Silu: return x / (1.0f + exponential(-x));
        case cde::Activation::Sigmoid: return 1.0f / (1.0f + exponential(-x));
        default: return x;
    }
}

// Bias, activation and factor on a finished panel of c, which is still in the first-level cache.
void finish(const LinearJob& job, int64_t row, int64_t rows, int64_t column) {
    if (!job.bias && !job.factor && job.activation == cde::Activation::None) return;
    for (int64_t i = row; i < row + rows; i++) {
        for (int64_t j = column; j < column + panel; j += lanes) {
            float* c = job.c + i * job.ldc + j;
            vec x = load(c);
            if (job.bias) x += load(job.bias + j);
            x = activate(x, job.activation);
            if (job.factor) x *= load(job.factor + i * job.ldc + j);
            store(c, x);
        }
    }
}

inline float sum_of(vec v) {
    float total = 0;
    for (int i = 0; i < lanes; i++) total += v[i];
    return total;
}

// softmax(scale * row), in place; width a multiple of panel, hidden entries hold -infinity.
void softmax(float* scores, int64_t rows, int64_t width, int64_t stride, float scale) {
    for (int64_t i = 0; i < rows; i++) {
        float* row = scores + i * stride;
        vec top = load(row);
        for (int64_t j = lanes; j < width; j += lanes) top = larger(top, load(row + j));
        float highest = top[0];
        for (int l = 1; l < lanes; l++) highest = highest < top[l] ? top[l] : highest;
        const vec shift = splat(highest);
        vec sum{};
        for (int64_t j = 0; j < width; j += lanes) {
            const vec e = exponential((load(row + j) - shift) * scale);
            store(row + j, e);
            sum += e;
        }
        const vec inverse = splat(1.0f / sum_of(sum));
        for (int64_t j = 0; j < width; j += lanes) store(row + j, load(row + j) * inverse);
    }
}

// x = norm(x + y) * weight + bias, per row; y may be null.
void add_norm(const float* y, int64_t ldy, float* x, int64_t ldx, int64_t rows, int64_t width, const float* weight, const float* bias, float epsilon) {
    const int64_t whole = width / lanes * lanes;
    for (int64_t i = 0; i < rows; i++) {
        float* to = x + i * ldx;
        const float* add = y ? y + i * ldy : nullptr;
        vec sum{};
        float tail = 0;
        for (int64_t j = 0; j < whole; j += lanes) {
            const vec v = add ? load(to + j) + load(add + j) : load(to + j);
            store(to + j, v);
            sum += v;
        }
        for (int64_t j = whole; j < width; j++) tail += to[j] += add ? add[j] : 0;
        const float mean = (sum_of(sum) + tail) / float(width);
        vec squares{};
        tail = 0;
        for (int64_t j = 0; j < whole; j += lanes) {
            const vec v = load(to + j) - mean;
            squares += v * v;
        }
        for (int64_t j = whole; j < width; j++) tail += (to[j] - mean) * (to[j] - mean);
        const float scale = 1.0f / std::sqrt((sum_of(squares) + tail) / float(width) + epsilon);
        for (int64_t j = 0; j < whole; j += lanes) store(to + j, (load(to + j) - mean) * scale * load(weight + j) + load(bias + j));
        for (int64_t j = whole; j < width; j++) to[j] = (to[j] - mean) * scale * weight[j] + bias[j];
    }
}

// Rotates all heads of one position in halves: row (heads, head_width), cosines and sines (half).
void rotate(float* row, int64_t heads, int64_t head_width, int64_t half, const float* cosines, const float* sines) {
    for (int64_t h = 0; h < heads; h++, row += head_width) {
        int64_t j = 0;
        for (; j + lanes <= half; j += lanes) {
            const vec first = load(row + j), second = load(row + half + j), c = load(cosines + j), s = load(sines + j);
            store(row + j, first * c - second * s);
            store(row + half + j, second * c + first * s);
        }
        for (; j < half; j++) {
            const float first = row[j], second = row[half + j];
            row[j] = first * cosines[j] - second * sines[j];
            row[half + j] = second * cosines[j] + first * sines[j];
        }
    }
}

constexpr cde::Kernels table(const char* name) {
    return {name, int32_t(panel), row_block * inner_block * 4, packed_bytes, pack, pack_transposed, linear, softmax, add_norm, rotate};
}

}  // namespace
