// Collectives between processes over libtorch's c10d: a TCPStore in which they find each other, Gloo for the CPU, NCCL for GPUs where the build has it.
#include "guard.h"

#if defined(CDE_HAVE_GLOO)
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#if defined(CDE_HAVE_NCCL)
#ifndef USE_C10D_NCCL
#define USE_C10D_NCCL
#endif
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#include <algorithm>
#include <chrono>
#include <thread>

struct cde_store_s {
    c10::intrusive_ptr<c10d::Store> store;
};

struct cde_group_s {
    c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
#if defined(CDE_HAVE_NCCL)
    c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl;
#endif
};

// Holds the tensors for as long as the collective may touch them.
struct cde_work_s {
    c10::intrusive_ptr<c10d::Work> work;
    std::vector<at::Tensor> held;
};

namespace {

using milliseconds = std::chrono::milliseconds;

template <typename Group>
cde_work started(Group& group, cde_collective kind, at::Tensor value, at::Tensor gathered, int32_t root) {
    std::vector<at::Tensor> values{value};
    auto made = std::unique_ptr<cde_work_s>(new cde_work_s());
    made->held = {value, gathered};
    switch (kind) {
        case CDE_ALL_REDUCE:
            made->work = group.allreduce(values);
            break;
        case CDE_BROADCAST: {
            c10d::BroadcastOptions options;
            options.rootRank = root;
            made->work = group.broadcast(values, options);
            break;
        }
        case CDE_ALL_GATHER: {
            std::vector<std::vector<at::Tensor>> rows{gathered.unbind(0)};
            made->work = group.allgather(rows, values);
            break;
        }
        default:
            made->work = group.barrier();
    }
    return made.release();
}

}  // namespace

const char* cde_collectives(void) {
#if defined(CDE_HAVE_NCCL)
    return "gloo,nccl";
#else
    return "gloo";
#endif
}

cde_error cde_store_open(const char* host, int32_t port, int32_t serves, const char* prefix, int64_t timeout, cde_store* made) {
    return cde::guarded([&] {
        c10d::TCPStoreOptions options;
        options.port = uint16_t(port);
        options.isServer = serves != 0;
        options.waitWorkers = false;
        options.timeout = milliseconds(timeout);
        auto store = c10::make_intrusive<c10d::TCPStore>(std::string(host), options);
        *made = new cde_store_s{c10::make_intrusive<c10d::PrefixStore>(prefix, std::move(store))};
    });
}

cde_error cde_store_add(cde_store store, const char* key, int64_t more, int64_t* value) {
    return cde::guarded([&] { *value = store->store->add(key, more); });
}

cde_error cde_store_set(cde_store store, const char* key, const char* text) {
    return cde::guarded([&] { store->store->set(key, std::vector<uint8_t>(text, text + std::strlen(text))); });
}

cde_error cde_store_get(cde_store store, const char* key, const char** text) {
    return cde::guarded([&] {
        const auto bytes = store->store->get(key);
        *text = strndup(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
}

void cde_store_release(cde_store store) { delete store; }

cde_error cde_group_new(
    cde_store store, int32_t rank, int32_t size, const char* address, const char* network, int32_t cuda, int64_t timeout, cde_group* made) {
    return cde::guarded([&] {
        auto group = std::unique_ptr<cde_group_s>(new cde_group_s());
        auto options = c10d::ProcessGroupGloo::Options::create(milliseconds(timeout));
        options->devices.push_back(
            *network ? c10d::ProcessGroupGloo::createDeviceForInterface(network) : c10d::ProcessGroupGloo::createDeviceForHostname(address));
        options->threads = 2;
        group->gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(c10::make_intrusive<c10d::PrefixStore>("gloo", store->store), rank, size, options);
#if defined(CDE_HAVE_NCCL)
        if (cuda) {
            // Whoever waits for a collective looks after lost processes; NCCL's watchdog would end this one instead.
            setenv("TORCH_NCCL_ASYNC_ERROR_HANDLING", "0", 0);
            setenv("NCCL_ASYNC_ERROR_HANDLING", "0", 0);
            group->nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(c10::make_intrusive<c10d::PrefixStore>("nccl", store->store), rank, size);
        }
#endif
        *made = group.release();
    });
}

int32_t cde_group_takes_cuda(cde_group group) {
#if defined(CDE_HAVE_NCCL)
    return group->nccl != nullptr;
#else
    return 0;
#endif
}

cde_error cde_group_start(cde_group group, cde_collective kind, cde_tensor value, cde_tensor gathered, int32_t root, cde_work* work) {
    return cde::guarded([&] {
        at::NoGradGuard no_grad;
        auto tensor = cde::tensor(value);
#if defined(CDE_HAVE_NCCL)
        if (tensor.defined() && tensor.is_cuda()) {
            *work = started(*group->nccl, kind, tensor, cde::tensor(gathered), root);
            return;
        }
#endif
        *work = started(*group->gloo, kind, tensor, cde::tensor(gathered), root);
    });
}

cde_error cde_work_wait(cde_work work, int64_t timeout, int32_t* done) {
    return cde::guarded([&] {
        const auto end = std::chrono::steady_clock::now() + milliseconds(timeout);
        auto pause = std::chrono::microseconds(10);
        while (!work->work->isCompleted()) {
            if (std::chrono::steady_clock::now() >= end) {
                *done = 0;
                return;
            }
            std::this_thread::sleep_for(pause);
            pause = std::min(pause * 2, std::chrono::microseconds(500));
        }
        *done = 1;
        work->work->wait();  // throws what went wrong
    });
}

void cde_work_release(cde_work work) { delete work; }

void cde_group_release(cde_group group) { delete group; }

#else

namespace {
cde_error missing() { return cde::message("this libtorch was built without Gloo, or its headers do not fit: several processes cannot work together"); }
}  // namespace

const char* cde_collectives(void) { return ""; }
cde_error cde_store_open(const char*, int32_t, int32_t, const char*, int64_t, cde_store*) { return missing(); }
cde_error cde_store_add(cde_store, const char*, int64_t, int64_t*) { return missing(); }
cde_error cde_store_set(cde_store, const char*, const char*) { return missing(); }
cde_error cde_store_get(cde_store, const char*, const char**) { return missing(); }
void cde_store_release(cde_store) {}
cde_error cde_group_new(cde_store, int32_t, int32_t, const char*, const char*, int32_t, int64_t, cde_group*) { return missing(); }
int32_t cde_group_takes_cuda(cde_group) { return 0; }
cde_error cde_group_start(cde_group, cde_collective, cde_tensor, cde_tensor, int32_t, cde_work*) { return missing(); }
cde_error cde_work_wait(cde_work, int64_t, int32_t*) { return missing(); }
void cde_work_release(cde_work) {}
void cde_group_release(cde_group) {}

#endif
