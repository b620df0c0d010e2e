// C interface between Cde.Torch (C#) and libtorch.
//
// Every function that can fail returns null, or an error message that the caller frees with cde_free.
// A tensor handle is an owned at::TensorImpl*; null stands for an undefined tensor.
#pragma once
#include <stdint.h>

#if defined(_WIN32)
#define CDE_EXPORT extern "C" __declspec(dllexport)
#else
#define CDE_EXPORT extern "C" __attribute__((visibility("default")))
#endif

typedef struct cde_tensor_s* cde_tensor;
typedef struct cde_generator_s* cde_generator;
typedef const void* cde_operator;
typedef const char* cde_error;

// The tags of cde_value; the C# enum ArgTag has the same numbers.
enum cde_tag {
    CDE_NONE = 0,
    CDE_DEFAULT = 1,
    CDE_TENSOR = 2,
    CDE_INT = 3,
    CDE_DOUBLE = 4,
    CDE_BOOL = 5,
    CDE_INT_LIST = 6,
    CDE_DOUBLE_LIST = 7,
    CDE_BOOL_LIST = 8,
    CDE_TENSOR_LIST = 9,
    CDE_STRING = 10,
    CDE_DEVICE = 11,     // integer = type << 32 | (uint32) index
    CDE_GENERATOR = 12,
    CDE_COMPLEX = 13,    // real, and the bits of the imaginary part in integer
};

// One operator argument or result. Lists and strings are (pointer, length); a list in a result is freed with cde_free.
struct cde_value {
    int32_t tag;
    int32_t length;
    int64_t integer;
    double real;
    void* pointer;
};

struct cde_info {
    int64_t elements;
    int64_t storage_offset;
    int32_t dimensions;
    int32_t element_size;
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t flags;       // bits of cde_flag
};

enum cde_flag {
    CDE_CONTIGUOUS = 1,
    CDE_REQUIRES_GRAD = 2,
    CDE_LEAF = 4,
    CDE_SPARSE = 8,
    CDE_INFERENCE = 16,
};

// Operators (operators.cpp).
CDE_EXPORT cde_error cde_op_find(const char* name, const char* overload, cde_operator* found);
CDE_EXPORT cde_error cde_op_schema(cde_operator op, const char** text);
// Calls op; *result_count is the capacity of results on entry (0 drops the results) and their number on return.
CDE_EXPORT cde_error cde_op_call(cde_operator op, const cde_value* args, int32_t count, cde_value* results, int32_t* result_count);
CDE_EXPORT void cde_free(const void* memory);

// Tensors (tensors.cpp).
CDE_EXPORT void cde_tensor_release(cde_tensor handle);
CDE_EXPORT cde_tensor cde_tensor_retain(cde_tensor handle);
CDE_EXPORT int64_t cde_tensor_live_count(void);
CDE_EXPORT void cde_tensor_info(cde_tensor handle, cde_info* info);
CDE_EXPORT cde_error cde_tensor_shape(cde_tensor handle, int64_t* sizes, int64_t* strides);
CDE_EXPORT cde_error cde_tensor_data(cde_tensor handle, void** data);
CDE_EXPORT cde_error cde_tensor_from_data(const void* data, int64_t bytes, int32_t dtype, const int64_t* sizes, int32_t dimensions, cde_tensor* made);
CDE_EXPORT cde_error cde_tensor_from_memory(void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, void (*release)(void*), void* owner, cde_tensor* made);

// Autograd (runtime.cpp).
CDE_EXPORT cde_error cde_tensor_set_requires_grad(cde_tensor handle, int32_t value);
CDE_EXPORT cde_error cde_tensor_retain_grad(cde_tensor handle);
CDE_EXPORT cde_error cde_tensor_grad(cde_tensor handle, cde_tensor* grad);
CDE_EXPORT cde_error cde_tensor_set_grad(cde_tensor handle, cde_tensor grad);
CDE_EXPORT cde_error cde_backward(
    const cde_tensor* tensors, int32_t count, const cde_tensor* grads, int32_t grad_count,
    const cde_tensor* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph);
CDE_EXPORT cde_error cde_grad(
    const cde_tensor* outputs, int32_t output_count, const cde_tensor* grads, int32_t grad_count,
    const cde_tensor* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
    cde_tensor* results);

// A function whose gradient the caller computes (functions.cpp). backward gets the gradient of the output and writes that of every input, null for none;
// the message that it returns comes from malloc. release is called once, when nothing can ask for the gradient any more, or at once where recording fails.
typedef cde_error (*cde_function_backward)(void* owner, cde_tensor gradient, cde_tensor* results);
CDE_EXPORT cde_error cde_function_record(
    cde_tensor output, const cde_tensor* inputs, int32_t input_count, cde_function_backward backward, void (*release)(void*), void* owner, cde_tensor* recorded);
CDE_EXPORT int32_t cde_grad_mode(void);
CDE_EXPORT void cde_set_grad_mode(int32_t enabled);
CDE_EXPORT cde_error cde_inference_mode_enter(int32_t enabled, void** guard);
CDE_EXPORT void cde_inference_mode_leave(void* guard);
CDE_EXPORT int32_t cde_inference_mode(void);

// Random numbers, threads, devices, versions (runtime.cpp).
CDE_EXPORT cde_error cde_manual_seed(uint64_t seed);
CDE_EXPORT cde_error cde_generator_default(int32_t device_type, int32_t device_index, cde_generator* generator);
CDE_EXPORT cde_error cde_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, cde_generator* generator);
CDE_EXPORT void cde_generator_release(cde_generator generator);
CDE_EXPORT cde_error cde_generator_set_seed(cde_generator generator, uint64_t seed);
CDE_EXPORT cde_error cde_generator_seed(cde_generator generator, int32_t fresh, uint64_t* seed);
CDE_EXPORT cde_error cde_generator_state(cde_generator generator, cde_tensor* state);
CDE_EXPORT cde_error cde_generator_set_state(cde_generator generator, cde_tensor state);
CDE_EXPORT int32_t cde_threads(int32_t between_operators);
CDE_EXPORT cde_error cde_set_threads(int32_t between_operators, int32_t count);
CDE_EXPORT const char* cde_openblas_kernels(void);  // the kernels that OpenBLAS chose; null where another BLAS is used
CDE_EXPORT const char* cde_version(void);
CDE_EXPORT cde_error cde_config(const char** text);
CDE_EXPORT int32_t cde_cuda_devices(void);
CDE_EXPORT int32_t cde_cudnn_available(void);
CDE_EXPORT cde_error cde_cuda_synchronize(int32_t device_index);

// Memory of CPU tensors (blocks.cpp). While more than 0 keepers are counted, freed blocks are kept for the next tensors.
CDE_EXPORT cde_error cde_blocks_keep(int32_t more);
CDE_EXPORT void cde_blocks_count(int64_t* in_use, int64_t* kept, int64_t* most);  // bytes, since blocks are counted

// Optimisers (optimizer.cpp), in place: g = gradient * gradient_scale, m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
// p = keep p - rate m / (sqrt(v) + epsilon).
struct cde_adamw {
    double gradient_scale, keep, beta1, beta2, rate, epsilon;
};

CDE_EXPORT cde_error cde_adamw_step(
    cde_tensor parameter, cde_tensor gradient, cde_tensor average, cde_tensor average_square, const cde_adamw* settings);

// Linear layers for inference (packed.cpp). The input has the weight's type; the bias may be float32 beside bfloat16.
enum cde_activation { CDE_NO_ACTIVATION = 0, CDE_GELU = 1, CDE_GELU_TANH = 2, CDE_RELU = 3 };
CDE_EXPORT cde_error cde_packed_new(cde_tensor weight, cde_tensor bias, int32_t activation, void** layer);
CDE_EXPORT cde_error cde_packed_apply(void* layer, cde_tensor input, cde_tensor* result);
CDE_EXPORT cde_error cde_packed_kernel(void* layer, const char** name);
CDE_EXPORT void cde_packed_release(void* layer);

// The fused encoder (fused/): whole transformer layers over texts without padding, for inference on the CPU.
typedef struct cde_fused_s* cde_fused;
typedef struct cde_fused_prefix_s* cde_fused_prefix;

struct cde_fused_config {
    int64_t width, heads, inner;
    int64_t rotary_half;    // pairs that rotate in each head; 0 for none
    double rotary_base;
    float epsilon;
    int32_t activation;     // 0 none, 1 GELU, 2 SiLU, 3 sigmoid
    int32_t gated;          // the activation goes on a gate that multiplies the inner layer
    int32_t bfloat16;
};

// name chooses the kernels; null or empty: the best for this CPU.
CDE_EXPORT cde_error cde_fused_kernels(int32_t bfloat16, const char* name, const char** found);
CDE_EXPORT cde_error cde_fused_linear(const char* name, cde_tensor x, cde_tensor weight, cde_tensor bias, int32_t activation, cde_tensor* result);
// Seconds of the fastest of `repeats` rounds in which each of `threads` threads multiplies (rows, inner) by a packed (inner, columns).
CDE_EXPORT cde_error cde_fused_measure(
    const char* name, int32_t bfloat16, int64_t rows, int64_t columns, int64_t inner, int32_t threads, int32_t repeats, double* seconds);
// Rows (count, inner) packed once, with a bias (count) or null; stride: numbers from the products of one vector to those of the next.
typedef struct cde_fused_product_s* cde_fused_product;
CDE_EXPORT cde_error cde_fused_product_new(
    const char* name, const float* rows, const float* bias, int64_t count, int64_t inner, cde_fused_product* made, int64_t* stride);
// vectors (count, inner) -> results (count, stride). Threads may share a product.
CDE_EXPORT void cde_fused_product_apply(cde_fused_product product, const float* vectors, int64_t count, float* results);
CDE_EXPORT void cde_fused_product_release(cde_fused_product product);
// 18 weights a layer: query, key, value (or all three in query), their biases, output and bias, norm and bias,
// inner and bias, gate and bias, outer and bias, norm and bias; null where there is none.
CDE_EXPORT cde_error cde_fused_new(const cde_fused_config* config, const char* name, const cde_tensor* weights, int32_t count, cde_fused* made);
CDE_EXPORT void cde_fused_release(cde_fused encoder);
CDE_EXPORT cde_error cde_fused_prefix_new(cde_fused encoder, const cde_tensor* keys, const cde_tensor* values, int32_t layers, cde_fused_prefix* made);
CDE_EXPORT void cde_fused_prefix_release(cde_fused_prefix prefix);
CDE_EXPORT cde_error cde_fused_run(
    cde_fused encoder, cde_tensor x, const int64_t* lengths, cde_tensor shared, cde_fused_prefix prefix,
    int64_t first, int64_t unrotated, int32_t threads, cde_tensor* result);

// Collectives between processes (collectives.cpp). Timeouts are milliseconds.
typedef struct cde_store_s* cde_store;
typedef struct cde_group_s* cde_group;
typedef struct cde_work_s* cde_work;
enum cde_collective { CDE_ALL_REDUCE = 0, CDE_BROADCAST = 1, CDE_ALL_GATHER = 2, CDE_BARRIER = 3 };

CDE_EXPORT const char* cde_collectives(void);  // "gloo", "gloo,nccl", or nothing
CDE_EXPORT cde_error cde_store_open(const char* host, int32_t port, int32_t serves, const char* prefix, int64_t timeout, cde_store* made);
// Adds to a counter, which begins at 0; value is what it has then.
CDE_EXPORT cde_error cde_store_add(cde_store store, const char* key, int64_t more, int64_t* value);
CDE_EXPORT cde_error cde_store_set(cde_store store, const char* key, const char* text);
CDE_EXPORT cde_error cde_store_get(cde_store store, const char* key, const char** text);  // waits for the key
CDE_EXPORT void cde_store_release(cde_store store);
// address is this machine's own one that the others reach; network, where not empty, names an interface instead.
CDE_EXPORT cde_error cde_group_new(
    cde_store store, int32_t rank, int32_t size, const char* address, const char* network, int32_t cuda, int64_t timeout, cde_group* made);
CDE_EXPORT int32_t cde_group_takes_cuda(cde_group group);
// gathered, (size, ...) beside a value of (...), is for CDE_ALL_GATHER alone. Every process starts the same collectives in the same order.
CDE_EXPORT cde_error cde_group_start(cde_group group, cde_collective kind, cde_tensor value, cde_tensor gathered, int32_t root, cde_work* work);
CDE_EXPORT cde_error cde_work_wait(cde_work work, int64_t timeout, int32_t* done);
CDE_EXPORT void cde_work_release(cde_work work);
CDE_EXPORT void cde_group_release(cde_group group);
