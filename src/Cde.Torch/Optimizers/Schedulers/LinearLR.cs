namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Moves the rate on a straight line from one share of the initial one to another.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _total_iters;

                    /// <summary>Makes the schedule and sets the first rate.</summary>
                    /// <param name="optimizer">Whose rates it sets.</param>
                    /// <param name="start_factor">Share at the first step, above 0 to 1.</param>
                    /// <param name="end_factor">Share at the last step, 0 to 1.</param>
                    /// <param name="total_iters">Number of steps between.</param>
                    /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(start_factor);
                        ArgumentOutOfRangeException.ThrowIfGreaterThan(start_factor, 1);
                        ArgumentOutOfRangeException.ThrowIfNegative(end_factor);
                        ArgumentOutOfRangeException.ThrowIfGreaterThan(end_factor, 1);
                        _start = start_factor;
                        _end = end_factor;
                        _total_iters = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0) return Rates().Select(rate => rate * _start);
                        if (_last_epoch > _total_iters) return Rates();
                        double change = 1 + (_end - _start) / (_total_iters * _start + (_last_epoch - 1) * (_end - _start));
                        return Rates().Select(rate => rate * change);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => rate * (_start + (_end - _start) * Math.Min(_total_iters, _last_epoch) / _total_iters));
                }
            }
        }
    }
}
