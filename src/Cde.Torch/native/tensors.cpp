// Lifetime, shape and memory of tensors.
#include <atomic>
#include "guard.h"

namespace {
std::atomic<int64_t> live{0};

at::TensorImpl* impl(cde_tensor handle) { return reinterpret_cast<at::TensorImpl*>(handle); }
}  // namespace

cde_tensor cde::handle(at::Tensor value) {
    if (!value.defined()) return nullptr;
    live.fetch_add(1, std::memory_order_relaxed);
    return reinterpret_cast<cde_tensor>(value.unsafeReleaseTensorImpl());
}

void cde_tensor_release(cde_tensor handle) {
    if (handle == nullptr) return;
    live.fetch_sub(1, std::memory_order_relaxed);
    c10::intrusive_ptr<at::TensorImpl, c10::UndefinedTensorImpl>::reclaim(impl(handle));
}

cde_tensor cde_tensor_retain(cde_tensor handle) { return cde::handle(cde::tensor(handle)); }

int64_t cde_tensor_live_count(void) { return live.load(std::memory_order_relaxed); }

void cde_tensor_info(cde_tensor handle, cde_info* info) {
    const auto value = cde::tensor(handle);
    const bool strided = value.layout() == c10::kStrided;
    info->elements = value.numel();
    info->storage_offset = strided ? value.storage_offset() : 0;
    info->dimensions = int32_t(value.dim());
    info->element_size = int32_t(value.element_size());
    info->dtype = int32_t(value.scalar_type());
    info->device_type = int32_t(value.device().type());
    info->device_index = value.device().index();
    info->flags = (strided && value.is_contiguous() ? CDE_CONTIGUOUS : 0) | (value.requires_grad() ? CDE_REQUIRES_GRAD : 0) |
                  (value.is_leaf() ? CDE_LEAF : 0) | (value.is_sparse() ? CDE_SPARSE : 0) | (value.is_inference() ? CDE_INFERENCE : 0);
}

cde_error cde_tensor_shape(cde_tensor handle, int64_t* sizes, int64_t* strides) {
    return cde::guarded([&] {
        const auto value = cde::tensor(handle);
        if (sizes) std::copy(value.sizes().begin(), value.sizes().end(), sizes);
        if (strides) std::copy(value.strides().begin(), value.strides().end(), strides);
    });
}

cde_error cde_tensor_data(cde_tensor handle, void** data) {
    return cde::guarded([&] { *data = cde::tensor(handle).data_ptr(); });
}

cde_error cde_tensor_from_data(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dimensions, cde_tensor* made) {
    return cde::guarded([&] {
        auto value = at::empty(at::IntArrayRef(sizes, dimensions), at::TensorOptions().dtype(at::ScalarType(dtype)));
        TORCH_CHECK(int64_t(value.nbytes()) == bytes, "the shape ", value.sizes(), " takes ", value.nbytes(), " bytes, ", bytes, " given");
        if (bytes > 0) std::memcpy(value.data_ptr(), data, size_t(bytes));
        *made = cde::handle(std::move(value));
    });
}

cde_error cde_tensor_from_memory(
    void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, void (*release)(void*), void* owner, cde_tensor* made) {
    return cde::guarded([&] {
        auto deleter = [release, owner](void*) { if (release) release(owner); };
        *made = cde::handle(at::from_blob(data, at::IntArrayRef(sizes, dimensions), deleter, at::TensorOptions().dtype(at::ScalarType(dtype))));
    });
}
