// Weights and prefixes of the fused encoder in packed form, and the choice of kernels.
#include <cstring>
#include "encoder.h"

namespace cde {

namespace {

enum Slot { QueryW, KeyW, ValueW, QueryB, KeyB, ValueB, OutputW, OutputB, AttentionNormW, AttentionNormB,
            InnerW, InnerB, GateW, GateB, OuterW, OuterB, OutputNormW, OutputNormB, Slots };

std::vector<float> values(const at::Tensor& vector) {
    const at::Tensor floats = vector.detach().to(at::kFloat).contiguous();
    return std::vector<float>(floats.data_ptr<float>(), floats.data_ptr<float>() + floats.numel());
}

// Several weights (n, k) under each other as one map.
PackedMap map(const Kernels& kernels, std::vector<at::Tensor> weights, std::vector<at::Tensor> biases) {
    at::Tensor weight = at::cat(weights, 0).detach().to(at::kFloat).contiguous();
    PackedMap made;
    made.columns = weight.size(0);
    made.inner = weight.size(1);
    made.weight = Block(kernels.packed_bytes(made.columns, made.inner));
    kernels.pack(weight.data_ptr<float>(), made.inner, made.columns, made.inner, made.weight.bytes());
    if (biases[0].defined()) {
        const std::vector<float> bias = values(at::cat(biases, 0));
        const int64_t room = (made.columns + kernels.panel - 1) / kernels.panel * kernels.panel;
        made.bias = Block(room * 4);
        std::memset(made.bias.bytes(), 0, size_t(room) * 4);
        std::memcpy(made.bias.bytes(), bias.data(), bias.size() * 4);
    }
    return made;
}

}  // namespace

FusedEncoder::FusedEncoder(const cde_fused_config& config, const Kernels* kernels, std::vector<at::Tensor> weights)
    : config_(config), kernels_(kernels), weights_(std::move(weights)) {
    TORCH_CHECK(weights_.size() % Slots == 0, "a fused encoder layer has ", int(Slots), " weights, found ", weights_.size(), " in all");
    TORCH_CHECK(config.width % config.heads == 0, "width ", config.width, " is no multiple of ", config.heads, " heads");
    TORCH_CHECK(2 * config.rotary_half <= config.width / config.heads, "rotation is wider than a head");
    for (size_t l = 0; l < weights_.size(); l += Slots) {
        const auto expect = [&](int slot, int64_t rows, int64_t columns, bool required) {
            const at::Tensor& w = weights_[l + slot];
            TORCH_CHECK(w.defined() || !required, "layer ", l / Slots, ": weight ", slot, " is missing");
            if (!w.defined()) return;
            TORCH_CHECK(w.device().is_cpu(), "the fused encoder computes on the CPU only");
            TORCH_CHECK(w.dim() == (columns ? 2 : 1) && w.size(0) == rows && (!columns || w.size(1) == columns),
                        "layer ", l / Slots, ": weight ", slot, " has shape ", w.sizes());
        };
        const int64_t d = config.width, split = weights_[l + KeyW].defined() ? d : 3 * d;
        expect(QueryW, split, d, true);
        expect(QueryB, split, 0, false);
        for (int slot : {KeyW, ValueW}) expect(slot, d, d, split == d);
        for (int slot : {KeyB, ValueB}) expect(slot, d, 0, split == d && weights_[l + QueryB].defined());
        expect(OutputW, d, d, true);
        expect(InnerW, config.inner, d, true);
        expect(GateW, config.inner, d, config.gated);
        expect(OuterW, d, config.inner, true);
        for (int slot : {InnerB, GateB}) expect(slot, config.inner, 0, false);
        for (int slot : {OutputB, OuterB}) expect(slot, d, 0, false);
        for (int slot : {AttentionNormW, AttentionNormB, OutputNormW, OutputNormB}) expect(slot, d, 0, true);
    }
}

// The packed weights; packed again where training has changed a weight since.
std::shared_ptr<const std::vector<PackedLayer>> FusedEncoder::current() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<int64_t> state;
    for (const at::Tensor& weight : weights_) {
        if (!weight.defined()) continue;
        state.push_back(weight.is_inference() ? 0 : int64_t(weight._version()));
        state.push_back(int64_t(reinterpret_cast<intptr_t>(weight.data_ptr())));
    }
    if (!packed_ || state != state_) {
        packed_ = std::make_shared<const std::vector<PackedLayer>>(pack());
        state_ = std::move(state);
    }
    return packed_;
}

std::vector<PackedLayer> FusedEncoder::pack() const {
    std::vector<PackedLayer> layers;
    for (size_t l = 0; l < weights_.size(); l += Slots) {
        const at::Tensor* w = &weights_[l];
        PackedLayer layer;
        layer.query_key_value = w[KeyW].defined() ? map(*kernels_, {w[QueryW], w[KeyW], w[ValueW]}, {w[QueryB], w[KeyB], w[ValueB]})
                                                  : map(*kernels_, {w[QueryW]}, {w[QueryB]});
        layer.output = map(*kernels_, {w[OutputW]}, {w[OutputB]});
        layer.inner = map(*kernels_, {w[InnerW]}, {w[InnerB]});
        if (config_.gated) layer.gate = map(*kernels_, {w[GateW]}, {w[GateB]});
        layer.outer = map(*kernels_, {w[OuterW]}, {w[OuterB]});
        layer.attention_norm = {values(w[AttentionNormW]), values(w[AttentionNormB])};
        layer.output_norm = {values(w[OutputNormW]), values(w[OutputNormB])};
        layers.push_back(std::move(layer));
    }
    return layers;
}

std::unique_ptr<PackedPrefix> FusedEncoder::pack_prefix(const std::vector<at::Tensor>& keys, const std::vector<at::Tensor>& values) const {
    TORCH_CHECK(keys.size() * Slots == weights_.size() && values.size() == keys.size(), "a prefix has keys and values for every layer");
    const int64_t length = keys[0].size(1), width = config_.width / config_.heads;
    auto made = std::make_unique<PackedPrefix>();
    made->kernels = kernels_;
    made->length = length;
    for (size_t l = 0; l < keys.size(); l++) {
        for (const at::Tensor& part : {keys[l], values[l]})
            TORCH_CHECK(part.dim() == 3 && part.size(0) == config_.heads && part.size(1) == length && part.size(2) == width,
                        "layer ", l, ": a prefix's keys and values have shape (heads, positions, head width), found ", part.sizes());
        const at::Tensor key = keys[l].detach().to(at::kFloat).contiguous(), value = values[l].detach().to(at::kFloat).contiguous();
        std::vector<Block> key_heads, value_heads;
        for (int64_t h = 0; h < config_.heads; h++) {
            key_heads.emplace_back(kernels_->packed_bytes(length, width));
            value_heads.emplace_back(kernels_->packed_bytes(width, length));
            kernels_->pack(key.data_ptr<float>() + h * length * width, width, length, width, key_heads.back().bytes());
            kernels_->pack_transposed(value.data_ptr<float>() + h * length * width, width, width, length, value_heads.back().bytes());
        }
        made->keys.push_back(std::move(key_heads));
        made->values.push_back(std::move(value_heads));
    }
    return made;
}

const Kernels* choose_kernels(bool bfloat16, const char* name) {
    std::vector<const Kernels*> able;   // the best first
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (wide && __builtin_cpu_supports("avx512bf16")) able.push_back(kernels_avx512_bf16());
    if (wide) able.push_back(kernels_avx512());
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) able.push_back(kernels_avx2());
#endif
    able.push_back(kernels_generic());
    if (name && *name) {
        able.push_back(kernels_generic_bf16());
        for (const Kernels* kernels : able)
            if (std::strcmp(kernels->name, name) == 0) return kernels;
        return nullptr;
    }
    for (const Kernels* kernels : able)
        if (bfloat16 || std::strstr(kernels->name, "bf16") == nullptr) return kernels;
    return nullptr;
}

}  // namespace cde
