// A post-norm transformer encoder for inference: packed weights, texts without padding, one thread a group of texts.
#pragma once
#include <ATen/ATen.h>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <vector>
#include "../cde_torch.h"
#include "kernels.h"

namespace cde {

// Memory of a cache line's alignment.
class Block {
public:
    Block() = default;
    explicit Block(int64_t bytes) : data_(::aligned_alloc(64, size_t((bytes + 127) / 64 * 64))) {
        if (!data_) throw std::bad_alloc();
    }
    float* floats() const { return static_cast<float*>(data_.get()); }
    char* bytes() const { return static_cast<char*>(data_.get()); }
    explicit operator bool() const { return data_ != nullptr; }

private:
    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };
    std::unique_ptr<void, Free> data_;
};

// A linear map: packed weight, and bias padded to the panel width (empty for none).
struct PackedMap {
    Block weight, bias;
    int64_t columns = 0, inner = 0;
};

struct PackedNorm {
    std::vector<float> weight, bias;
};

struct PackedLayer {
    PackedMap query_key_value, output, inner, gate, outer;
    PackedNorm attention_norm, output_norm;
};

// Keys and values of a prefix that all texts attend to, per layer and head.
struct PackedPrefix {
    const Kernels* kernels;
    int64_t length;
    std::vector<std::vector<Block>> keys, values;   // [layer][head]
};

// Which rows a text's queries, and its keys and values, are in.
struct TextRows {
    int64_t query, queries, key, keys;
};

class FusedEncoder {
public:
    FusedEncoder(const cde_fused_config& config, const Kernels* kernels, std::vector<at::Tensor> weights);

    // x (B, T, d) after the embedding norm, texts at the start of their rows; shared (P, d) stands in front of each text,
    // or prefix does with its keys and values. Position numbers start at `first`. Returns (B, T, d), zero behind each text.
    at::Tensor run(const at::Tensor& x, const std::vector<int64_t>& lengths, const at::Tensor& shared, const PackedPrefix* prefix,
                   int64_t first, int64_t unrotated, int64_t threads);

    std::unique_ptr<PackedPrefix> pack_prefix(const std::vector<at::Tensor>& keys, const std::vector<at::Tensor>& values) const;
    const Kernels& kernels() const { return *kernels_; }

private:
    struct Call;
    struct Work;
    std::vector<PackedLayer> pack() const;
    std::shared_ptr<const std::vector<PackedLayer>> current();
    void run_group(const Call& call, int64_t begin, int64_t end) const;
    void attend(const Call& call, Work& work, int64_t layer, const TextRows& text) const;
    void finish_layer(const PackedLayer& layer, Work& work, int64_t rows) const;

    const cde_fused_config config_;
    const Kernels* kernels_;
    const std::vector<at::Tensor> weights_;
    std::mutex mutex_;
    std::vector<int64_t> state_;    // versions and addresses of the weights that packed_ holds
    std::shared_ptr<const std::vector<PackedLayer>> packed_;
};

}  // namespace cde
