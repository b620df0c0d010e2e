namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rate by gamma at each milestone.</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly int[] _milestones;
                    private readonly double _gamma;

                    /// <summary>Makes the schedule and sets the first rate.</summary>
                    /// <param name="optimizer">Whose rates it sets.</param>
                    /// <param name="milestones">Steps of the changes; one given twice counts twice.</param>
                    /// <param name="gamma">The factor.</param>
                    /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _milestones = [.. milestones];
                        _gamma = gamma;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() =>
                        Rates().Select(rate => rate * Math.Pow(_gamma, _milestones.Count(milestone => milestone == _last_epoch)));

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => rate * Math.Pow(_gamma, _milestones.Count(milestone => milestone <= _last_epoch)));
                }
            }
        }
    }
}
