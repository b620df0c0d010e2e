namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate, as torch.optim.lr_scheduler.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the rate to the initial one times a function of the step.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="lr_lambda">The factor of a step, counted from 0.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>Multiplies the rate by gamma every <c>step_size</c> steps.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="step_size">Steps between changes.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            /// <summary>Multiplies the rate by gamma at each milestone.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="milestones">Steps of the changes; one given twice counts twice.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.MultiStepLR(optimizer, milestones, gamma, last_epoch, verbose);

            /// <summary>Multiplies the rate by gamma every step.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.ExponentialLR(optimizer, gamma, last_epoch, verbose);

            /// <summary>Holds the rate at a share of the initial one for some steps.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="factor">The share, 0 to 1.</param>
            /// <param name="total_iters">For how many steps.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.ConstantLR(optimizer, factor, total_iters, last_epoch, verbose);

            /// <summary>Moves the rate on a straight line from one share of the initial one to another.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="start_factor">Share at the first step, above 0 to 1.</param>
            /// <param name="end_factor">Share at the last step, 0 to 1.</param>
            /// <param name="total_iters">Number of steps between.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            /// <summary>Lets the rate fall to zero as a power of the steps that are left.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="total_iters">Number of steps to zero.</param>
            /// <param name="power">The exponent; 1 is a straight line.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) =>
                new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);

            /// <summary>Moves the rate down half a cosine wave and, beyond it, up again (Loshchilov and Hutter 2017, without restarts).</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="T_max">Steps from the top to the bottom.</param>
            /// <param name="eta_min">The rate at the bottom.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0.0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            /// <summary>Follows one schedule up to a milestone, then the next.</summary>
            /// <param name="optimizer">Whose rates it sets.</param>
            /// <param name="schedulers">The schedules in order, of the same optimizer.</param>
            /// <param name="milestones">Step at which each one after the first takes over.</param>
            /// <param name="last_epoch">Last step made; -1 at the start of training.</param>
            public static LRScheduler SequentialLR(
                Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);
        }
    }
}
