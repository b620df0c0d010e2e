// Functions whose gradients are computed on the other side of the C interface.
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>
#include "guard.h"

namespace {

struct Recorded : public torch::autograd::Node {
    Recorded(torch::autograd::edge_list&& edges, cde_function_backward backward, void (*release)(void*), void* owner)
        : Node(std::move(edges)), inputs(num_outputs()), backward(backward), release(release), owner(owner) {}

    ~Recorded() override { release(owner); }

    std::string name() const override { return "Recorded"; }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        auto gradient = gradients[0].defined() ? gradients[0] : input_metadata(0).zeros_like();
        std::vector<cde_tensor> results(inputs, nullptr);
        cde_tensor given = cde::handle(std::move(gradient));
        cde_error error = backward(owner, given, results.data());
        cde_tensor_release(given);
        torch::autograd::variable_list list;
        for (cde_tensor result : results) {
            list.push_back(cde::tensor(result));
            cde_tensor_release(result);
        }
        if (error != nullptr) {
            std::string text = error;
            cde_free(error);
            throw std::runtime_error(text);
        }
        return list;
    }

    uint32_t inputs;
    cde_function_backward backward;
    void (*release)(void*);
    void* owner;
};

}  // namespace

cde_error cde_function_record(
    cde_tensor output, const cde_tensor* inputs, int32_t input_count, cde_function_backward backward, void (*release)(void*), void* owner, cde_tensor* recorded) {
    bool owned = false;  // by the node, whose end releases it
    cde_error error = cde::guarded([&] {
        auto edges = torch::autograd::collect_next_edges(cde::tensors(inputs, input_count));
        // deep graphs are freed without recursion, as libtorch does it for functions of C++
        std::shared_ptr<Recorded> node(new Recorded(std::move(edges), backward, release, owner), torch::autograd::deleteNode);
        owned = true;
        auto value = cde::tensor(output).variable_data();  // the same memory without a history
        torch::autograd::create_gradient_edge(value, node);
        *recorded = cde::handle(std::move(value));
    });
    if (!owned) release(owner);
    return error;
}
