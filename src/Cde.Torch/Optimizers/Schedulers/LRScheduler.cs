namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Base of the schedules. Making one sets the rate of step 0; each <see cref="step()"/> sets the next one.
            /// </summary>
            public abstract class LRScheduler
            {
                /// <summary>How many rates have been set.</summary>
                protected int _step_count;

                internal Optimizer _optimizer = null!;
                internal int _last_epoch = -1;
                internal double[] _base_lrs = [];
                internal double[] _last_lrs = [];
                private readonly bool _verbose;

                /// <summary>Makes a schedule without an optimizer of its own.</summary>
                protected LRScheduler()
                {
                }

                /// <summary>Makes a schedule of an optimizer.</summary>
                /// <param name="optimizer">Whose rates it sets.</param>
                /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                /// <param name="verbose">Whether changes are written to the console.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _base_lrs = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _last_lrs = Rates();
                }

                /// <summary>Sets the rates of the next step.</summary>
                public virtual void step() => step(null);

                /// <summary>Sets the rates of a step by their closed form, or with null of the next one.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    // get_lr may change the schedule's own state: it is asked once a step.
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    foreach (var (group, rate) in _optimizer.ParamGroups.Zip(rates)) group.LearningRate = rate;
                    if (_verbose && !rates.SequenceEqual(_last_lrs)) Console.WriteLine($"Adjusting learning rate to {string.Join(", ", rates)}");
                    _last_lrs = rates;
                }

                /// <summary>Sets the rates of the next step from a measure of progress, which most schedules ignore.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates last set, one a group.</summary>
                public IEnumerable<double> get_last_lr() => _last_lrs;

                /// <summary>The rates of the step that <c>_last_epoch</c> counts, from those before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates();

                /// <summary>The rates of any step, from the initial ones alone.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                internal double[] Rates() => [.. _optimizer.ParamGroups.Select(group => group.LearningRate)];
            }
        }
    }
}
