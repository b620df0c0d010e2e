// Products of many vectors with rows that are packed once: the kernels' linear map without a tensor in between.
#include "../guard.h"
#include "encoder.h"

namespace {

struct Product {
    const cde::Kernels* kernels;
    cde::PackedMap map;
    int64_t stride;
};

Product* product_of(cde_fused_product handle) { return reinterpret_cast<Product*>(handle); }

}  // namespace

cde_error cde_fused_product_new(const char* name, const float* rows, const float* bias, int64_t count, int64_t inner, cde_fused_product* made, int64_t* stride) {
    return cde::guarded([&] {
        const cde::Kernels* kernels = cde::choose_kernels(false, name);
        TORCH_CHECK(kernels, "this CPU has no kernels named ", name, "; known are generic, avx2, avx512");
        auto product = std::make_unique<Product>();
        product->kernels = kernels;
        product->stride = (count + kernels->panel - 1) / kernels->panel * kernels->panel;
        product->map.columns = count;
        product->map.inner = inner;
        product->map.weight = cde::Block(kernels->packed_bytes(count, inner));
        kernels->pack(rows, inner, count, inner, product->map.weight.bytes());
        if (bias) {
            product->map.bias = cde::Block(product->stride * 4);
            std::memset(product->map.bias.bytes(), 0, size_t(product->stride) * 4);
            std::memcpy(product->map.bias.bytes(), bias, size_t(count) * 4);
        }
        *stride = product->stride;
        *made = reinterpret_cast<cde_fused_product>(product.release());
    });
}

void cde_fused_product_release(cde_fused_product product) { delete product_of(product); }

void cde_fused_product_apply(cde_fused_product handle, const float* vectors, int64_t count, float* results) {
    const Product& product = *product_of(handle);
    // float32 kernels need no scratch: it holds rows converted to bfloat16.
    product.kernels->linear({vectors, product.map.weight.bytes(), product.map.bias ? product.map.bias.floats() : nullptr, nullptr, results, count,
                             product.map.columns, product.map.inner, product.map.inner, product.stride, cde::Activation::None, false, nullptr});
}
