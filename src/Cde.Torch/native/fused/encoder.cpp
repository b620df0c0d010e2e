#include "encoder.h"
#include <atomic>
#include <cmath>
#include <cstring>
#include <exception>
#include <limits>
#include <thread>

namespace cde {

namespace {

constexpr int64_t group_tokens = 384;   // positions a thread takes through all layers at once: its rows stay in the shared cache
constexpr int64_t query_rows = 96;      // query rows whose scores are held at once

int64_t padded(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

void multiply(const Kernels& kernels, const float* a, int64_t lda, int64_t rows, const PackedMap& map, float* c, int64_t ldc,
              Activation activation, const float* factor, void* scratch) {
    kernels.linear({a, map.weight.bytes(), map.bias ? map.bias.floats() : nullptr, factor, c, rows, map.columns, map.inner, lda, ldc,
                    activation, false, scratch});
}

}  // namespace

// What all groups of one call read.
struct FusedEncoder::Call {
    const std::vector<PackedLayer>* layers;
    const float* x;
    const float* shared;
    const PackedPrefix* prefix;
    float* out;
    const std::vector<int64_t>* lengths;
    int64_t shared_length, stride;      // rows of a text in x and out
    std::vector<float> cosines, sines;  // (positions, half)
};

// One group's rows; every stride is rounded up to the panel width.
struct FusedEncoder::Work {
    int64_t ldx, ldqkv, ldh, lds;
    Block x, y, qkv, context, hidden, gate, scores, keys, values, scratch;
};

at::Tensor FusedEncoder::run(const at::Tensor& x, const std::vector<int64_t>& lengths, const at::Tensor& shared, const PackedPrefix* prefix,
                             int64_t first, int64_t unrotated, int64_t threads) {
    const auto layers = current();
    const at::Tensor input = x.to(at::kFloat).contiguous();
    const at::Tensor front = shared.defined() ? shared.to(at::kFloat).contiguous() : at::Tensor();
    at::Tensor out = at::zeros_like(input);
    Call call{layers.get(), input.data_ptr<float>(), front.defined() ? front.data_ptr<float>() : nullptr, prefix, out.data_ptr<float>(), &lengths,
              front.defined() ? front.size(0) : 0, input.size(1), {}, {}};

    int64_t total = 0, longest = 0;
    for (int64_t length : lengths) {
        total += length + (length > 0 ? call.shared_length : 0);
        longest = std::max(longest, length);
    }
    for (int64_t position = 0; position < call.shared_length + longest; position++) {
        for (int64_t j = 0; j < config_.rotary_half; j++) {
            const float frequency = float(1.0 / std::pow(config_.rotary_base, double(j) / double(config_.rotary_half)));
            const float angle = first + position < unrotated ? 0.0f : float(first + position) * frequency;
            call.cosines.push_back(std::cos(angle));
            call.sines.push_back(std::sin(angle));
        }
    }

    // As many groups as keep all threads busy to the end, each of whole texts.
    const int64_t count = padded((total + group_tokens - 1) / group_tokens, threads);
    std::vector<int64_t> starts{0};
    for (int64_t i = 0, filled = 0; i < int64_t(lengths.size()); i++) {
        filled += lengths[i] + (lengths[i] > 0 ? call.shared_length : 0);
        if (filled * count >= total * int64_t(starts.size()) || i + 1 == int64_t(lengths.size())) starts.push_back(i + 1);
    }

    std::atomic<size_t> next{0};
    std::exception_ptr failure;
    std::mutex failing;
    auto work = [&] {
        try {
            for (size_t g = next++; g + 1 < starts.size(); g = next++) run_group(call, starts[g], starts[g + 1]);
        } catch (...) {
            const std::lock_guard<std::mutex> lock(failing);
            failure = std::current_exception();
        }
    };
    std::vector<std::thread> helpers;
    for (int64_t t = 1; t < std::min<int64_t>(threads, int64_t(starts.size()) - 1); t++) helpers.emplace_back(work);
    work();
    for (auto& helper : helpers) helper.join();
    if (failure) std::rethrow_exception(failure);
    return out.to(x.scalar_type());
}

void FusedEncoder::run_group(const Call& call, int64_t begin, int64_t end) const {
    const Kernels& kernels = *kernels_;
    const int64_t d = config_.width, panel = kernels.panel;
    std::vector<TextRows> texts;
    int64_t rows = 0, longest = 0;
    for (int64_t i = begin; i < end; i++) {
        const int64_t length = (*call.lengths)[i] > 0 ? (*call.lengths)[i] + call.shared_length : 0;
        texts.push_back({rows, length, rows, length});
        rows += length;
        longest = std::max(longest, length);
    }
    if (rows == 0) return;

    const int64_t prefix = call.prefix ? padded(call.prefix->length, panel) : 0, head = padded(d / config_.heads, panel);
    Work work{padded(d, panel) + panel, padded(3 * d, panel), padded(config_.inner, panel), prefix + padded(longest, panel), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    work.x = Block(rows * work.ldx * 4);
    work.context = Block(rows * work.ldx * 4);
    work.qkv = Block(rows * work.ldqkv * 4);
    work.y = Block(query_rows * work.ldx * 4);
    work.hidden = Block(query_rows * work.ldh * 4);
    if (config_.gated) work.gate = Block(query_rows * work.ldh * 4);
    work.scores = Block(query_rows * work.lds * 4);
    work.keys = Block(kernels.packed_bytes(longest, head));
    work.values = Block(kernels.packed_bytes(head, longest));
    work.scratch = Block(kernels.scratch_bytes);

    for (int64_t i = begin; i < end; i++) {
        const TextRows& text = texts[i - begin];
        for (int64_t r = 0; r < text.keys; r++) {
            const int64_t own = r - call.shared_length;
            std::memcpy(work.x.floats() + (text.key + r) * work.ldx, own < 0 ? call.shared + r * d : call.x + (i * call.stride + own) * d, size_t(d) * 4);
        }
    }

    const int64_t layers = int64_t(call.layers->size());
    for (int64_t l = 0; l < layers; l++) {
        const PackedLayer& layer = (*call.layers)[l];
        multiply(kernels, work.x.floats(), work.ldx, rows, layer.query_key_value, work.qkv.floats(), work.ldqkv, Activation::None, nullptr, work.scratch.bytes());
        if (l + 1 == layers && call.shared_length > 0) {
            // Nobody reads the last layer's outputs in front of the texts: only the texts' rows go on, moved together.
            rows = 0;
            for (TextRows& text : texts) {
                if (text.keys == 0) continue;
                const int64_t kept = text.keys - call.shared_length, from = text.key + call.shared_length;
                std::memmove(work.x.floats() + rows * work.ldx, work.x.floats() + from * work.ldx, size_t(kept * work.ldx) * 4);
                text.query = rows;
                text.queries = kept;
                rows += kept;
            }
        }
        for (const TextRows& text : texts)
            if (text.keys > 0) attend(call, work, l, text);
        finish_layer(layer, work, rows);
    }

    for (int64_t i = begin; i < end; i++) {
        const TextRows& text = texts[i - begin];
        for (int64_t r = 0; r < (*call.lengths)[i]; r++)
            std::memcpy(call.out + (i * call.stride + r) * d, work.x.floats() + (text.query + r) * work.ldx, size_t(d) * 4);
    }
}

// softmax(q k^T / sqrt(d/H)) v for one text, head by head, into its query rows of work.context.
void FusedEncoder::attend(const Call& call, Work& work, int64_t layer, const TextRows& text) const {
    const Kernels& kernels = *kernels_;
    const int64_t d = config_.width, width = d / config_.heads, ld = work.ldqkv, skipped = text.keys - text.queries;
    const int64_t prefix = call.prefix ? call.prefix->length : 0, own = padded(prefix, kernels.panel), all = own + padded(text.keys, kernels.panel);
    const float scale = 1.0f / std::sqrt(float(width));
    float* rows = work.qkv.floats() + text.key * ld;
    if (config_.rotary_half > 0) {
        for (int64_t r = 0; r < text.keys; r++)     // queries and keys lie side by side
            kernels.rotate(rows + r * ld, 2 * config_.heads, width, config_.rotary_half,
                           call.cosines.data() + r * config_.rotary_half, call.sines.data() + r * config_.rotary_half);
    }

    // Heads in ascending order: the last panel of a head may run into the next head's columns, which come after it.
    for (int64_t h = 0; h < config_.heads; h++) {
        kernels.pack(rows + d + h * width, ld, text.keys, width, work.keys.bytes());
        kernels.pack_transposed(rows + 2 * d + h * width, ld, width, text.keys, work.values.bytes());
        for (int64_t q = 0; q < text.queries; q += query_rows) {
            const int64_t count = std::min(query_rows, text.queries - q);
            const float* query = rows + (skipped + q) * ld + h * width;
            float* scores = work.scores.floats();
            float* out = work.context.floats() + (text.query + q) * work.ldx + h * width;
            if (prefix > 0)
                kernels.linear({query, call.prefix->keys[layer][h].bytes(), nullptr, nullptr, scores, count, prefix, width, ld, work.lds, Activation::None, false, work.scratch.bytes()});
            kernels.linear({query, work.keys.bytes(), nullptr, nullptr, scores + own, count, text.keys, width, ld, work.lds, Activation::None, false, work.scratch.bytes()});
            for (int64_t r = 0; r < count; r++) {
                float* row = scores + r * work.lds;
                std::fill(row + prefix, row + own, -std::numeric_limits<float>::infinity());
                std::fill(row + own + text.keys, row + all, -std::numeric_limits<float>::infinity());
            }
            kernels.softmax(scores, count, all, work.lds, scale);
            if (prefix > 0)
                kernels.linear({scores, call.prefix->values[layer][h].bytes(), nullptr, nullptr, out, count, width, prefix, work.lds, work.ldx, Activation::None, false, work.scratch.bytes()});
            kernels.linear({scores + own, work.values.bytes(), nullptr, nullptr, out, count, width, text.keys, work.lds, work.ldx, Activation::None, prefix > 0, work.scratch.bytes()});
        }
    }
}

// Output projection, residual, norm, feed-forward, residual, norm, some rows at a time: work.context and work.x -> work.x.
void FusedEncoder::finish_layer(const PackedLayer& layer, Work& work, int64_t rows) const {
    const Kernels& kernels = *kernels_;
    const auto activation = Activation(config_.activation);
    float* y = work.y.floats();
    float* hidden = work.hidden.floats();
    void* scratch = work.scratch.bytes();
    for (int64_t r = 0; r < rows; r += query_rows) {
        const int64_t count = std::min(query_rows, rows - r);
        float* x = work.x.floats() + r * work.ldx;
        multiply(kernels, work.context.floats() + r * work.ldx, work.ldx, count, layer.output, y, work.ldx, Activation::None, nullptr, scratch);
        kernels.add_norm(y, work.ldx, x, work.ldx, count, config_.width, layer.attention_norm.weight.data(), layer.attention_norm.bias.data(), config_.epsilon);
        if (config_.gated) multiply(kernels, x, work.ldx, count, layer.gate, work.gate.floats(), work.ldh, activation, nullptr, scratch);
        multiply(kernels, x, work.ldx, count, layer.inner, hidden, work.ldh, config_.gated ? Activation::None : activation,
                 config_.gated ? work.gate.floats() : nullptr, scratch);
        multiply(kernels, hidden, work.ldh, count, layer.outer, y, work.ldx, Activation::None, nullptr, scratch);
        kernels.add_norm(y, work.ldx, x, work.ldx, count, config_.width, layer.output_norm.weight.data(), layer.output_norm.bias.data(), config_.epsilon);
    }
}

}  // namespace cde
