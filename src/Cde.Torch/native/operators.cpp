// Calls any operator of libtorch's dispatcher with plain values.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>
#include <ATen/ScalarOps.h>
#include "guard.h"

namespace {

using c10::IValue;
using c10::Type;
using c10::TypeKind;

struct Operator {
    c10::OperatorHandle handle;
    std::string schema;
};

[[noreturn]] void refuse(const char* wanted, const cde_value& value) {
    static const char* names[] = {"none", "default", "tensor", "int", "double", "bool", "int list", "double list", "bool list",
                                  "tensor list", "string", "device", "generator", "complex"};
    const char* found = value.tag >= 0 && value.tag <= CDE_COMPLEX ? names[value.tag] : "unknown";
    TORCH_CHECK(false, "expected ", wanted, ", found ", found);
}

int64_t to_int(const cde_value& value) {
    if (value.tag == CDE_INT || value.tag == CDE_BOOL) return value.integer;
    refuse("an integer", value);
}

double to_double(const cde_value& value) {
    if (value.tag == CDE_DOUBLE) return value.real;
    return double(to_int(value));
}

at::Scalar to_scalar(const cde_value& value) {
    switch (value.tag) {
        case CDE_INT: return at::Scalar(value.integer);
        case CDE_DOUBLE: return at::Scalar(value.real);
        case CDE_BOOL: return at::Scalar(value.integer != 0);
        case CDE_COMPLEX: {
            double imaginary;
            std::memcpy(&imaginary, &value.integer, sizeof imaginary);
            return at::Scalar(c10::complex<double>(value.real, imaginary));
        }
        default: refuse("a number", value);
    }
}

// Numbers where a tensor is asked for behave as PyTorch's: they do not raise the type of the result.
at::Tensor to_tensor(const cde_value& value) {
    if (value.tag == CDE_TENSOR) return cde::tensor(static_cast<cde_tensor>(value.pointer));
    if (value.tag == CDE_NONE) return at::Tensor();
    at::Tensor number = c10::scalar_to_tensor(to_scalar(value));
    number.unsafeGetTensorImpl()->set_wrapped_number(true);
    return number;
}

template <typename T, typename Get>
c10::List<T> to_list(const cde_value& value, int32_t list_tag, const char* wanted, Get get) {
    c10::List<T> list;
    if (value.tag != list_tag) refuse(wanted, value);
    list.reserve(value.length);
    for (int32_t i = 0; i < value.length; i++) list.push_back(get(i));
    return list;
}

IValue convert_list(const cde_value& value, const Type& element) {
    switch (element.kind()) {
        case TypeKind::IntType:
        case TypeKind::SymIntType: {
            if (value.tag == CDE_INT) return IValue(c10::List<int64_t>({value.integer}));
            auto items = static_cast<const int64_t*>(value.pointer);
            return IValue(to_list<int64_t>(value, CDE_INT_LIST, "a list of integers", [=](int32_t i) { return items[i]; }));
        }
        case TypeKind::FloatType: {
            if (value.tag == CDE_DOUBLE) return IValue(c10::List<double>({value.real}));
            auto items = static_cast<const double*>(value.pointer);
            return IValue(to_list<double>(value, CDE_DOUBLE_LIST, "a list of numbers", [=](int32_t i) { return items[i]; }));
        }
        case TypeKind::BoolType: {
            auto items = static_cast<const int64_t*>(value.pointer);
            return IValue(to_list<bool>(value, CDE_BOOL_LIST, "a list of truth values", [=](int32_t i) { return items[i] != 0; }));
        }
        case TypeKind::OptionalType: {
            auto items = static_cast<const cde_tensor*>(value.pointer);
            return IValue(to_list<cde::optional<at::Tensor>>(value, CDE_TENSOR_LIST, "a list of tensors", [=](int32_t i) {
                return items[i] ? cde::optional<at::Tensor>(cde::tensor(items[i])) : cde::optional<at::Tensor>();
            }));
        }
        case TypeKind::TensorType: {
            auto items = static_cast<const cde_tensor*>(value.pointer);
            return IValue(to_list<at::Tensor>(value, CDE_TENSOR_LIST, "a list of tensors", [=](int32_t i) { return cde::tensor(items[i]); }));
        }
        default: TORCH_CHECK(false, "lists of ", element.str(), " are not supported");
    }
}

IValue convert(const cde_value& value, const Type& type) {
    switch (type.kind()) {
        case TypeKind::OptionalType:
            return value.tag == CDE_NONE ? IValue() : convert(value, *type.containedType(0));
        case TypeKind::TensorType: return IValue(to_tensor(value));
        case TypeKind::IntType:
        case TypeKind::SymIntType:
        case TypeKind::ScalarTypeType:
        case TypeKind::LayoutType:
        case TypeKind::MemoryFormatType: return IValue(to_int(value));
        case TypeKind::FloatType: return IValue(to_double(value));
        case TypeKind::BoolType: return IValue(to_int(value) != 0);
        case TypeKind::NumberType: return IValue(to_scalar(value));
        case TypeKind::ListType: return convert_list(value, *type.containedType(0));
        case TypeKind::StringType:
            if (value.tag != CDE_STRING) refuse("a string", value);
            return IValue(std::string(static_cast<const char*>(value.pointer), value.length));
        case TypeKind::DeviceObjType:
            if (value.tag != CDE_DEVICE) refuse("a device", value);
            return IValue(c10::Device(c10::DeviceType(value.integer >> 32), c10::DeviceIndex(int32_t(value.integer))));
        case TypeKind::GeneratorType:
            if (value.tag != CDE_GENERATOR) refuse("a generator", value);
            return IValue(*static_cast<at::Generator*>(value.pointer));
        default: TORCH_CHECK(false, "arguments of type ", type.str(), " are not supported");
    }
}

void put_tensors(cde_value& result, const std::vector<at::Tensor>& list) {
    result.tag = CDE_TENSOR_LIST;
    result.length = int32_t(list.size());
    auto handles = static_cast<cde_tensor*>(std::malloc(sizeof(cde_tensor) * (list.size() + 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = cde::handle(list[i]);
    result.pointer = handles;
}

void put(cde_value& result, IValue&& value) {
    result = {CDE_NONE, 0, 0, 0, nullptr};
    if (value.isTensor()) {
        result.tag = CDE_TENSOR;
        result.pointer = cde::handle(std::move(value).toTensor());
    } else if (value.isBool()) {
        result.tag = CDE_BOOL;
        result.integer = value.toBool();
    } else if (value.isInt()) {
        result.tag = CDE_INT;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.tag = CDE_DOUBLE;
        result.real = value.toDouble();
    } else if (value.isTensorList()) {
        put_tensors(result, value.toTensorVector());
    } else {
        TORCH_CHECK(value.isNone(), "results of type ", value.tagKind(), " are not supported");
    }
}

}  // namespace

cde_error cde_op_find(const char* name, const char* overload, cde_operator* found) {
    return cde::guarded([&] {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, overload[0] ? "." : "", overload);
        *found = new Operator{*handle, c10::toString(handle->schema())};
    });
}

cde_error cde_op_schema(cde_operator op, const char** text) {
    return cde::guarded([&] { *text = strdup(static_cast<const Operator*>(op)->schema.c_str()); });
}

cde_error cde_op_call(cde_operator op, const cde_value* args, int32_t count, cde_value* results, int32_t* result_count) {
    return cde::guarded([&] {
        const auto& called = static_cast<const Operator*>(op)->handle;
        const auto& wanted = called.schema().arguments();
        TORCH_CHECK(size_t(count) <= wanted.size(), called.schema().name(), " takes ", wanted.size(), " arguments, ", count, " given");
        torch::jit::Stack stack;
        stack.reserve(wanted.size());
        for (size_t i = 0; i < wanted.size(); i++) {
            if (i < size_t(count) && args[i].tag != CDE_DEFAULT) {
                try {
                    stack.push_back(convert(args[i], *wanted[i].type()));
                } catch (const c10::Error& error) {
                    TORCH_CHECK(false, called.schema().name(), ", argument ", wanted[i].name(), ": ", error.what_without_backtrace());
                }
            } else {
                TORCH_CHECK(wanted[i].default_value().has_value(), called.schema().name(), ": argument ", wanted[i].name(), " is missing");
                stack.push_back(*wanted[i].default_value());
            }
        }
        called.callBoxed(stack);
        if (*result_count == 0) return;
        TORCH_CHECK(stack.size() <= size_t(*result_count), called.schema().name(), " returns ", stack.size(), " values");
        *result_count = int32_t(stack.size());
        for (size_t i = 0; i < stack.size(); i++) put(results[i], std::move(stack[i]));
    });
}

void cde_free(const void* memory) { std::free(const_cast<void*>(memory)); }
