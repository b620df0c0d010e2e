// Memory of CPU tensors that is used again instead of going back to the system, whose page faults would cost a training step about a fifth of its time.
#include <c10/core/CPUAllocator.h>
#include <map>
#include <mutex>
#include <new>
#include <vector>
#if defined(_WIN32)
#include <malloc.h>
#endif
#include "guard.h"

namespace {

constexpr size_t kAlignment = 64;            // of every tensor's memory, as libtorch has it
constexpr size_t kSmallest = size_t(1) << 16;  // smaller blocks are the C library's: it keeps them by itself

struct alignas(kAlignment) Header {
    size_t bytes;  // of the size class; 0 for a small block, which is not counted
};

// Up to an eighth more than asked for, so that texts of nearly the same length meet the same blocks.
size_t size_class(size_t bytes) {
    size_t step = 1;
    for (size_t rest = bytes; rest >= 16; rest >>= 1) step <<= 1;
    return (bytes + step - 1) / step * step;
}

void* reserve(size_t bytes) {
#if defined(_WIN32)
    void* memory = _aligned_malloc(sizeof(Header) + bytes, kAlignment);
#else
    void* memory = nullptr;
    if (posix_memalign(&memory, kAlignment, sizeof(Header) + bytes) != 0) memory = nullptr;
#endif
    TORCH_CHECK_WITH(OutOfMemoryError, memory != nullptr, "out of memory: ", bytes, " bytes for a tensor");
    return memory;
}

void release(void* memory) {
#if defined(_WIN32)
    _aligned_free(memory);
#else
    std::free(memory);
#endif
}

// What is in use and what is kept together never pass the most that was in use at once: keeping costs no peak.
class Blocks {
public:
    void* take(size_t bytes) {
        if (bytes < kSmallest) return start(reserve(bytes), 0);
        bytes = size_class(bytes);
        void* memory = nullptr;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            auto found = free_.lower_bound(bytes);
            if (found != free_.end() && found->first <= bytes + bytes / 4) {
                bytes = found->first;
                memory = pop(found);
            }
            in_use_ += bytes;
            most_ = std::max(most_, in_use_);
            while (in_use_ + kept_ > most_) release(pop(std::prev(free_.end())));
        }
        try {
            return start(memory ? memory : reserve(bytes), bytes);
        } catch (...) {
            std::lock_guard<std::mutex> lock(mutex_);
            in_use_ -= bytes;
            throw;
        }
    }

    void give(void* data) {
        auto header = static_cast<Header*>(data) - 1;
        const size_t bytes = header->bytes;
        if (bytes != 0) {
            std::lock_guard<std::mutex> lock(mutex_);
            in_use_ -= bytes;
            if (keepers_ > 0) {
                free_[bytes].push_back(header);
                kept_ += bytes;
                return;
            }
        }
        release(header);
    }

    void keep(int32_t more) {
        std::lock_guard<std::mutex> lock(mutex_);
        keepers_ += more;
        if (keepers_ > 0) return;
        while (!free_.empty()) release(pop(free_.begin()));
        most_ = in_use_;
    }

    void count(int64_t* in_use, int64_t* kept, int64_t* most) {
        std::lock_guard<std::mutex> lock(mutex_);
        *in_use = int64_t(in_use_);
        *kept = int64_t(kept_);
        *most = int64_t(most_);
    }

private:
    using Free = std::map<size_t, std::vector<void*>>;

    static void* start(void* memory, size_t bytes) {
        auto header = static_cast<Header*>(memory);
        header->bytes = bytes;
        return header + 1;
    }

    void* pop(Free::iterator place) {
        void* memory = place->second.back();
        place->second.pop_back();
        kept_ -= place->first;
        if (place->second.empty()) free_.erase(place);
        return memory;
    }

    std::mutex mutex_;
    Free free_;
    size_t in_use_ = 0, kept_ = 0, most_ = 0;
    int32_t keepers_ = 0;
};

// Lives as long as the process: tensors may be freed after everything else.
Blocks& blocks() {
    static auto* all = new Blocks;
    return *all;
}

void give_back(void* data) {
    if (data != nullptr) blocks().give(data);
}

// libtorch 1.13 asks a constant allocator, later ones a changeable one; copy_data is of 2.x. So nothing here says override.
struct BlockAllocator final : c10::Allocator {
    c10::DataPtr allocate(size_t bytes) const { return made(bytes); }
    c10::DataPtr allocate(size_t bytes) { return made(bytes); }
    c10::DeleterFnPtr raw_deleter() const { return &give_back; }
    void copy_data(void* target, const void* source, std::size_t bytes) const { std::memcpy(target, source, bytes); }

private:
    static c10::DataPtr made(size_t bytes) {
        void* data = bytes == 0 ? nullptr : blocks().take(bytes);
        return {data, data, &give_back, c10::Device(c10::DeviceType::CPU)};
    }
};

}  // namespace

cde_error cde_blocks_keep(int32_t more) {
    return cde::guarded([&] {
        static const bool installed = (c10::SetCPUAllocator(new BlockAllocator), true);
        (void)installed;
        blocks().keep(more);
    });
}

void cde_blocks_count(int64_t* in_use, int64_t* kept, int64_t* most) { blocks().count(in_use, kept, most); }
