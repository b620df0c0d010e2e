// The fused encoder's part of the C interface.
#include <chrono>
#include <limits>
#include <thread>
#include "../guard.h"
#include "encoder.h"

namespace {

// A linear map alone: what the encoder's products reach, for the bench and the tests.
void linear(const cde::Kernels& kernels, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, cde::Activation activation, at::Tensor& out) {
    const int64_t rows = x.size(0), inner = x.size(1), columns = weight.size(0), room = (columns + kernels.panel - 1) / kernels.panel * kernels.panel;
    TORCH_CHECK(weight.size(1) == inner && (!bias.defined() || bias.numel() == columns), "x ", x.sizes(), " and weight ", weight.sizes(), " do not fit");
    cde::Block packed(kernels.packed_bytes(columns, inner)), padded(room * 4), scratch(kernels.scratch_bytes);
    kernels.pack(weight.data_ptr<float>(), inner, columns, inner, packed.bytes());
    std::memset(padded.bytes(), 0, size_t(room) * 4);
    if (bias.defined()) std::memcpy(padded.bytes(), bias.data_ptr<float>(), size_t(columns) * 4);
    at::Tensor wide = at::empty({rows, room}, at::kFloat);
    kernels.linear({x.data_ptr<float>(), packed.bytes(), padded.floats(), nullptr, wide.data_ptr<float>(), rows, columns, inner, inner, room, activation, false, scratch.bytes()});
    out = wide.narrow(1, 0, columns).contiguous();
}

double measure(const cde::Kernels& kernels, int64_t rows, int64_t columns, int64_t inner, int32_t threads, int32_t repeats) {
    const int64_t room = (columns + kernels.panel - 1) / kernels.panel * kernels.panel;
    cde::Block packed(kernels.packed_bytes(columns, inner));
    const at::Tensor weight = at::rand({columns, inner}), x = at::rand({rows, inner});
    kernels.pack(weight.data_ptr<float>(), inner, columns, inner, packed.bytes());
    std::vector<cde::Block> results, scratch;
    for (int32_t t = 0; t < threads; t++) {
        results.emplace_back(rows * room * 4);
        scratch.emplace_back(kernels.scratch_bytes);
    }
    double best = std::numeric_limits<double>::infinity();
    for (int32_t i = 0; i <= repeats; i++) {    // the first round warms up
        const auto start = std::chrono::steady_clock::now();
        std::vector<std::thread> workers;
        for (int32_t t = 0; t < threads; t++)
            workers.emplace_back([&, t] {
                kernels.linear({x.data_ptr<float>(), packed.bytes(), nullptr, nullptr, results[t].floats(), rows, columns, inner, inner, room,
                                cde::Activation::None, false, scratch[t].bytes()});
            });
        for (auto& worker : workers) worker.join();
        if (i > 0) best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

const cde::Kernels* chosen(int32_t bfloat16, const char* name) {
    const cde::Kernels* kernels = cde::choose_kernels(bfloat16 != 0, name);
    TORCH_CHECK(kernels, "this CPU has no kernels named ", name, "; known are generic, generic-bf16, avx2, avx512, avx512-bf16");
    return kernels;
}

cde::FusedEncoder* encoder_of(cde_fused handle) { return reinterpret_cast<cde::FusedEncoder*>(handle); }
cde::PackedPrefix* prefix_of(cde_fused_prefix handle) { return reinterpret_cast<cde::PackedPrefix*>(handle); }

}  // namespace

cde_error cde_fused_kernels(int32_t bfloat16, const char* name, const char** found) {
    return cde::guarded([&] { *found = chosen(bfloat16, name)->name; });
}

cde_error cde_fused_linear(const char* name, cde_tensor x, cde_tensor weight, cde_tensor bias, int32_t activation, cde_tensor* result) {
    return cde::guarded([&] {
        const at::Tensor b = cde::tensor(bias);
        at::Tensor out;
        linear(*chosen(0, name), cde::tensor(x).contiguous(), cde::tensor(weight).contiguous(), b.defined() ? b.contiguous() : b, cde::Activation(activation), out);
        *result = cde::handle(out);
    });
}

cde_error cde_fused_measure(const char* name, int32_t bfloat16, int64_t rows, int64_t columns, int64_t inner, int32_t threads, int32_t repeats, double* seconds) {
    return cde::guarded([&] { *seconds = measure(*chosen(bfloat16, name), rows, columns, inner, threads, repeats); });
}

cde_error cde_fused_new(const cde_fused_config* config, const char* name, const cde_tensor* weights, int32_t count, cde_fused* made) {
    return cde::guarded([&] {
        *made = reinterpret_cast<cde_fused>(new cde::FusedEncoder(*config, chosen(config->bfloat16, name), cde::tensors(weights, count)));
    });
}

void cde_fused_release(cde_fused encoder) { delete encoder_of(encoder); }

cde_error cde_fused_prefix_new(cde_fused encoder, const cde_tensor* keys, const cde_tensor* values, int32_t layers, cde_fused_prefix* made) {
    return cde::guarded([&] {
        *made = reinterpret_cast<cde_fused_prefix>(encoder_of(encoder)->pack_prefix(cde::tensors(keys, layers), cde::tensors(values, layers)).release());
    });
}

void cde_fused_prefix_release(cde_fused_prefix prefix) { delete prefix_of(prefix); }

cde_error cde_fused_run(cde_fused encoder, cde_tensor x, const int64_t* lengths, cde_tensor shared, cde_fused_prefix prefix,
                        int64_t first, int64_t unrotated, int32_t threads, cde_tensor* result) {
    return cde::guarded([&] {
        const at::NoGradGuard no_grad;
        const at::Tensor input = cde::tensor(x), front = cde::tensor(shared);
        TORCH_CHECK(input.dim() == 3, "the fused encoder takes (texts, positions, width), found ", input.sizes());
        std::vector<int64_t> counts(lengths, lengths + input.size(0));
        for (int64_t count : counts)
            TORCH_CHECK(count >= 0 && count <= input.size(1), "a text of ", count, " positions in rows of ", input.size(1));
        *result = cde::handle(encoder_of(encoder)->run(input, counts, front, prefix_of(prefix), first, unrotated, threads));
    });
}
