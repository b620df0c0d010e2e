// Linear layers whose weight is laid out once for oneDNN's kernels, with bias and activation in the same pass. Made for
// inference: nothing here is differentiated. Without oneDNN's headers every function says so and C# takes plain operators.
#include "guard.h"

#ifdef CDE_HAVE_DNNL
#include <dnnl.hpp>
#include <list>
#include <mutex>
#include <unordered_map>

namespace {

using dnnl::memory;

dnnl::engine& engine() {
    static dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
    return cpu;
}

memory::data_type type_of(at::ScalarType type) {
    TORCH_CHECK(type == at::kFloat || type == at::kBFloat16, "packed layers compute in float32 or bfloat16, not ", type);
    return type == at::kFloat ? memory::data_type::f32 : memory::data_type::bf16;
}

// One layer. Rows differ from batch to batch, so a primitive is kept for each of the last few counts of rows.
class PackedLinear {
public:
    PackedLinear(const at::Tensor& weight, const at::Tensor& bias, int32_t activation)
        : bias_(bias), outputs_(weight.size(0)), inputs_(weight.size(1)), type_(weight.scalar_type()), activation_(activation) {
        auto pd = describe(typical_rows, memory::format_tag::any, memory::desc());
        kernel_ = pd.impl_info_str();
        TORCH_CHECK(kernel_.find("ref") == std::string::npos, "oneDNN has no fast kernel for ", type_, " on this CPU");
        weight_ = memory(pd.weights_desc(), engine());
        memory plain({{inputs_, outputs_}, type_of(type_), memory::format_tag::ba}, engine(), weight.data_ptr());
        dnnl::stream stream(engine());
        dnnl::reorder(plain, weight_).execute(stream, plain, weight_);
        stream.wait();
    }

    const std::string& kernel() const { return kernel_; }

    // (..., K) -> (..., N)
    at::Tensor apply(const at::Tensor& input) {
        TORCH_CHECK(input.dim() > 0 && input.size(-1) == inputs_, "a layer of ", inputs_, " inputs got a tensor of shape ", input.sizes());
        TORCH_CHECK(input.scalar_type() == type_, "a layer in ", type_, " got a tensor of ", input.scalar_type());
        const auto source = input.contiguous();
        auto sizes = input.sizes().vec();
        sizes.back() = outputs_;
        auto result = at::empty(sizes, input.options());
        const int64_t rows = source.numel() / inputs_;
        if (rows == 0) return result;
        const auto step = step_for(rows);
        const auto scratch = at::empty({int64_t(step.scratch.get_size())}, at::kByte);
        std::unordered_map<int, memory> arguments{
            {DNNL_ARG_SRC, memory(matrix(rows, inputs_), engine(), source.data_ptr())},
            {DNNL_ARG_WEIGHTS, weight_},
            {DNNL_ARG_SCRATCHPAD, memory(step.scratch, engine(), scratch.data_ptr())},
            {DNNL_ARG_DST, memory(matrix(rows, outputs_), engine(), result.data_ptr())}};
        if (bias_.defined()) arguments.emplace(DNNL_ARG_BIAS, memory(bias_desc(), engine(), bias_.data_ptr()));
        dnnl::stream stream(engine());
        step.primitive.execute(stream, arguments);
        stream.wait();
        return result;
    }

private:
    static constexpr int64_t typical_rows = 1024;
    static constexpr size_t most_primitives = 64;

    memory::desc matrix(int64_t rows, int64_t columns) const { return {{rows, columns}, type_of(type_), memory::format_tag::ab}; }

    memory::desc bias_desc() const { return {{1, outputs_}, type_of(bias_.scalar_type()), memory::format_tag::ab}; }

    dnnl::matmul::primitive_desc describe(int64_t rows, memory::format_tag tag, const memory::desc& layout) const {
        dnnl::primitive_attr attributes;
        attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // so that threads may share the layer
        if (activation_ != CDE_NO_ACTIVATION) {
            dnnl::post_ops after;
            auto kind = activation_ == CDE_GELU ? dnnl::algorithm::eltwise_gelu_erf
                : activation_ == CDE_GELU_TANH  ? dnnl::algorithm::eltwise_gelu_tanh
                                                : dnnl::algorithm::eltwise_relu;
            after.append_eltwise(1.f, kind, 0.f, 0.f);
            attributes.set_post_ops(after);
        }
        auto weight = tag == memory::format_tag::any ? memory::desc({inputs_, outputs_}, type_of(type_), tag) : layout;
        auto wanted = bias_.defined() ? dnnl::matmul::desc(matrix(rows, inputs_), weight, bias_desc(), matrix(rows, outputs_))
                                      : dnnl::matmul::desc(matrix(rows, inputs_), weight, matrix(rows, outputs_));
        return {wanted, attributes, engine()};
    }

    struct Step {
        int64_t rows;
        dnnl::matmul primitive;
        memory::desc scratch;
    };

    Step step_for(int64_t rows) {
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto kept = recent_.begin(); kept != recent_.end(); ++kept) {
            if (kept->rows != rows) continue;
            recent_.splice(recent_.begin(), recent_, kept);
            return recent_.front();
        }
        auto pd = describe(rows, memory::format_tag::undef, weight_.get_desc());
        recent_.push_front({rows, dnnl::matmul(pd), pd.scratchpad_desc()});
        if (recent_.size() > most_primitives) recent_.pop_back();
        return recent_.front();
    }

    at::Tensor bias_;
    int64_t outputs_;
    int64_t inputs_;
    at::ScalarType type_;
    int32_t activation_;
    memory weight_;
    std::string kernel_;
    std::mutex mutex_;
    std::list<Step> recent_;
};

}  // namespace

cde_error cde_packed_new(cde_tensor weight, cde_tensor bias, int32_t activation, void** layer) {
    return cde::guarded([&] {
        const auto kept = cde::tensor(bias);
        *layer = new PackedLinear(cde::tensor(weight).detach().contiguous(), kept.defined() ? kept.detach().contiguous() : kept, activation);
    });
}

cde_error cde_packed_apply(void* layer, cde_tensor input, cde_tensor* result) {
    return cde::guarded([&] { *result = cde::handle(static_cast<PackedLinear*>(layer)->apply(cde::tensor(input))); });
}

cde_error cde_packed_kernel(void* layer, const char** name) {
    return cde::guarded([&] { *name = strdup(static_cast<PackedLinear*>(layer)->kernel().c_str()); });
}

void cde_packed_release(void* layer) { delete static_cast<PackedLinear*>(layer); }

#else

cde_error cde_packed_new(cde_tensor, cde_tensor, int32_t, void**) { return cde::message("built without oneDNN's headers (libdnnl-dev)"); }

cde_error cde_packed_apply(void*, cde_tensor, cde_tensor*) { return cde::message("built without oneDNN's headers (libdnnl-dev)"); }

cde_error cde_packed_kernel(void*, const char**) { return cde::message("built without oneDNN's headers (libdnnl-dev)"); }

void cde_packed_release(void*) {}

#endif
