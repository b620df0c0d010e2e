namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Lets the rate fall to zero as a power of the steps that are left.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _total_iters;
                    private readonly double _power;

                    /// <summary>Makes the schedule and sets the first rate.</summary>
                    /// <param name="optimizer">Whose rates it sets.</param>
                    /// <param name="total_iters">Number of steps to zero.</param>
                    /// <param name="power">The exponent; 1 is a straight line.</param>
                    /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total_iters = total_iters;
                        _power = power;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0 || _last_epoch > _total_iters) return Rates();
                        double change = Math.Pow((1.0 - (double)_last_epoch / _total_iters) / (1.0 - (_last_epoch - 1.0) / _total_iters), _power);
                        return Rates().Select(rate => rate * change);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => rate * Math.Pow(1.0 - (double)Math.Min(_total_iters, _last_epoch) / _total_iters, _power));
                }
            }
        }
    }
}
