// Autograd, random numbers, threads, devices, versions.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/api/include/torch/cuda.h>
#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#include <dlfcn.h>
#include <mutex>
#include "guard.h"

namespace {

at::Generator& generator_of(cde_generator generator) { return *reinterpret_cast<at::Generator*>(generator); }

void put(at::Generator value, cde_generator* generator) {
    *generator = reinterpret_cast<cde_generator>(new at::Generator(std::move(value)));
}

cde::optional<bool> maybe(int32_t value) { return value < 0 ? cde::optional<bool>() : cde::optional<bool>(value != 0); }

}  // namespace

cde_error cde_tensor_set_requires_grad(cde_tensor handle, int32_t value) {
    return cde::guarded([&] { cde::tensor(handle).requires_grad_(value != 0); });
}

cde_error cde_tensor_retain_grad(cde_tensor handle) {
    return cde::guarded([&] { cde::tensor(handle).retain_grad(); });
}

cde_error cde_tensor_grad(cde_tensor handle, cde_tensor* grad) {
    return cde::guarded([&] {
        const auto value = cde::tensor(handle);
        *grad = value.is_leaf() || value.retains_grad() ? cde::handle(value.grad()) : nullptr;
    });
}

cde_error cde_tensor_set_grad(cde_tensor handle, cde_tensor grad) {
    return cde::guarded([&] {
        auto value = cde::tensor(handle);
        auto given = cde::tensor(grad);
        TORCH_CHECK(!given.defined() || given.sizes() == value.sizes(),
            "a gradient of shape ", given.sizes(), " does not fit a tensor of shape ", value.sizes());
        value.mutable_grad() = std::move(given);
    });
}

cde_error cde_backward(
    const cde_tensor* tensors, int32_t count, const cde_tensor* grads, int32_t grad_count,
    const cde_tensor* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph) {
    return cde::guarded([&] {
        torch::autograd::backward(
            cde::tensors(tensors, count), cde::tensors(grads, grad_count), maybe(retain_graph), create_graph != 0,
            cde::tensors(inputs, input_count));
    });
}

cde_error cde_grad(
    const cde_tensor* outputs, int32_t output_count, const cde_tensor* grads, int32_t grad_count,
    const cde_tensor* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
    cde_tensor* results) {
    return cde::guarded([&] {
        auto found = torch::autograd::grad(
            cde::tensors(outputs, output_count), cde::tensors(inputs, input_count), cde::tensors(grads, grad_count),
            maybe(retain_graph), create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = cde::handle(found[i]);
    });
}

int32_t cde_grad_mode(void) { return at::GradMode::is_enabled(); }

void cde_set_grad_mode(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

cde_error cde_inference_mode_enter(int32_t enabled, void** guard) {
    return cde::guarded([&] { *guard = new c10::InferenceMode(enabled != 0); });
}

void cde_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

int32_t cde_inference_mode(void) { return c10::InferenceMode::is_enabled(); }

cde_error cde_manual_seed(uint64_t seed) {
    return cde::guarded([&] { at::manual_seed(seed); });
}

cde_error cde_generator_default(int32_t device_type, int32_t device_index, cde_generator* generator) {
    return cde::guarded([&] {
        put(at::globalContext().defaultGenerator(c10::Device(c10::DeviceType(device_type), c10::DeviceIndex(device_index))), generator);
    });
}

cde_error cde_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, cde_generator* generator) {
    return cde::guarded([&] {
        auto type = c10::DeviceType(device_type);
        auto made = type == c10::DeviceType::CPU
            ? at::detail::createCPUGenerator(seed)
            : at::globalContext().defaultGenerator(c10::Device(type, c10::DeviceIndex(device_index))).clone();
        made.set_current_seed(seed);
        put(std::move(made), generator);
    });
}

void cde_generator_release(cde_generator generator) { delete reinterpret_cast<at::Generator*>(generator); }

cde_error cde_generator_set_seed(cde_generator generator, uint64_t seed) {
    return cde::guarded([&] {
        std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
        generator_of(generator).set_current_seed(seed);
    });
}

cde_error cde_generator_seed(cde_generator generator, int32_t fresh, uint64_t* seed) {
    return cde::guarded([&] {
        std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
        *seed = fresh ? generator_of(generator).seed() : generator_of(generator).current_seed();
    });
}

cde_error cde_generator_state(cde_generator generator, cde_tensor* state) {
    return cde::guarded([&] {
        std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
        *state = cde::handle(generator_of(generator).get_state());
    });
}

cde_error cde_generator_set_state(cde_generator generator, cde_tensor state) {
    return cde::guarded([&] {
        std::lock_guard<std::mutex> lock(generator_of(generator).mutex());
        generator_of(generator).set_state(cde::tensor(state));
    });
}

int32_t cde_threads(int32_t between_operators) { return between_operators ? at::get_num_interop_threads() : at::get_num_threads(); }

// OpenBLAS built on its own threads does not follow libtorch's setting.
cde_error cde_set_threads(int32_t between_operators, int32_t count) {
    return cde::guarded([&] {
        if (between_operators) {
            at::set_num_interop_threads(count);
            return;
        }
        at::set_num_threads(count);
        if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
    });
}

const char* cde_openblas_kernels(void) {
    auto name = reinterpret_cast<const char* (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
    return name ? name() : nullptr;
}

const char* cde_version(void) { return TORCH_VERSION; }

cde_error cde_config(const char** text) {
    return cde::guarded([&] { *text = strdup(at::show_config().c_str()); });
}

int32_t cde_cuda_devices(void) {
    try {
        return int32_t(torch::cuda::device_count());
    } catch (...) {
        return 0;
    }
}

int32_t cde_cudnn_available(void) {
    try {
        return torch::cuda::cudnn_is_available();
    } catch (...) {
        return 0;
    }
}

cde_error cde_cuda_synchronize(int32_t device_index) {
    return cde::guarded([&] { torch::cuda::synchronize(device_index); });
}
