namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Moves the rate down half a cosine wave and, beyond it, up again (Loshchilov and Hutter 2017, without restarts).</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _t_max;
                    private readonly double _eta_min;

                    /// <summary>Makes the schedule and sets the first rate.</summary>
                    /// <param name="optimizer">Whose rates it sets.</param>
                    /// <param name="T_max">Steps from the top to the bottom.</param>
                    /// <param name="eta_min">The rate at the bottom.</param>
                    /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _t_max = T_max;
                        _eta_min = eta_min;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0) return Rates();
                        var pairs = Rates().Zip(_base_lrs);
                        if (_step_count == 1 && _last_epoch > 0) return get_closed_form_lr();
                        // Half a wave further the recursion divides by zero: PyTorch adds the closed-form step instead.
                        if ((_last_epoch - 1 - _t_max) % (2 * _t_max) == 0)
                            return pairs.Select(pair => pair.First + (pair.Second - _eta_min) * (1 - Math.Cos(Math.PI / _t_max)) / 2);
                        double change = (1 + Math.Cos(Math.PI * _last_epoch / _t_max)) / (1 + Math.Cos(Math.PI * (_last_epoch - 1) / _t_max));
                        return pairs.Select(pair => change * (pair.First - _eta_min) + _eta_min);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(rate => _eta_min + (rate - _eta_min) * (1 + Math.Cos(Math.PI * _last_epoch / _t_max)) / 2);
                }
            }
        }
    }
}
