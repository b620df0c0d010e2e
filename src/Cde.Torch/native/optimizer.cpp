// A step of AdamW in one pass over memory instead of nine.
#include <ATen/Parallel.h>
#include <cmath>
#include "guard.h"

namespace {
constexpr int64_t kGrain = 1 << 15;  // elements a thread takes at least: 10 us of memory traffic
}

cde_error cde_adamw_step(cde_tensor parameter, cde_tensor gradient, cde_tensor average, cde_tensor average_square, const cde_adamw* settings) {
    return cde::guarded([&] {
        const auto values = cde::tensor(parameter), slope = cde::tensor(gradient), first = cde::tensor(average), second = cde::tensor(average_square);
        for (const auto& given : {values, slope, first, second})
            TORCH_CHECK(given.device().is_cpu() && given.scalar_type() == at::kFloat && given.is_contiguous() && given.numel() == values.numel(),
                "AdamW in one pass takes contiguous float32 tensors of one size on the CPU");
        float* p = static_cast<float*>(values.data_ptr());
        const float* g = static_cast<const float*>(slope.data_ptr());
        float* m = static_cast<float*>(first.data_ptr());
        float* v = static_cast<float*>(second.data_ptr());
        const float beta1 = float(settings->beta1), beta2 = float(settings->beta2), scale = float(settings->gradient_scale);
        const float more1 = float(1 - settings->beta1), more2 = float(1 - settings->beta2);
        const float keep = float(settings->keep), rate = float(settings->rate), epsilon = float(settings->epsilon);
        at::parallel_for(0, values.numel(), kGrain, [=](int64_t from, int64_t to) {
            for (int64_t i = from; i < to; i++) {
                const float slope = g[i] * scale;
                const float mean = m[i] * beta1 + slope * more1;
                const float square = v[i] * beta2 + slope * slope * more2;
                m[i] = mean;
                v[i] = square;
                p[i] = p[i] * keep - rate * (mean / (std::sqrt(square) + epsilon));
            }
        });
        values.unsafeGetTensorImpl()->bump_version();
    });
}
