// From C++ exceptions to error messages, and from handles to tensors.
#pragma once
#include <ATen/ATen.h>
#include <ATen/core/function_schema.h>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include "cde_torch.h"

namespace cde {

// libtorch's optional: c10::optional in 1.13, std::optional later, taken from a declaration that uses it.
template <typename T>
struct rebind;
template <template <typename...> class Optional, typename T>
struct rebind<Optional<T>> {
    template <typename U>
    using to = Optional<U>;
};
template <typename T>
using optional = typename rebind<std::decay_t<decltype(std::declval<const c10::Argument&>().default_value())>>::template to<T>;

// Copies the first line of a message to memory that cde_free releases; libtorch appends backtraces and lists below it.
inline char* message(const char* text) {
    const char* end = std::strchr(text, '\n');
    size_t length = end ? size_t(end - text) : std::strlen(text);
    char* copy = static_cast<char*>(std::malloc(length + 1));
    std::memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

// Runs a function; its exception, if any, becomes the returned message.
template <typename F>
cde_error guarded(F&& function) {
    try {
        function();
        return nullptr;
    } catch (const c10::Error& error) {
        return message(error.what_without_backtrace());
    } catch (const std::exception& error) {
        return message(error.what());
    } catch (...) {
        return message("libtorch threw an exception of unknown type");
    }
}

// The tensor behind a handle, sharing its ownership.
inline at::Tensor tensor(cde_tensor handle) {
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(c10::intrusive_ptr<at::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
        reinterpret_cast<at::TensorImpl*>(handle)));
}

inline std::vector<at::Tensor> tensors(const cde_tensor* handles, int32_t count) {
    std::vector<at::Tensor> list;
    list.reserve(count);
    for (int32_t i = 0; i < count; i++) list.push_back(tensor(handles[i]));
    return list;
}

// A handle that owns the tensor; counted until cde_tensor_release.
cde_tensor handle(at::Tensor value);

}  // namespace cde
