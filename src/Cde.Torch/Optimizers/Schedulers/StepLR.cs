namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rate by gamma every <c>step_size</c> steps.</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int _step_size;
                    private readonly double _gamma;

                    /// <summary>Makes the schedule and sets the first rate.</summary>
                    /// <param name="optimizer">Whose rates it sets.</param>
                    /// <param name="step_size">Steps between changes.</param>
                    /// <param name="gamma">The factor.</param>
                    /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _step_size = step_size;
                        _gamma = gamma;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() =>
                        Rates().Select(rate => _last_epoch == 0 || _last_epoch % _step_size != 0 ? rate : rate * _gamma);

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => rate * Math.Pow(_gamma, _last_epoch / _step_size));
                }
            }
        }
    }
}
