namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something whose learning rate a schedule sets.</summary>
        public interface ILearningRateController
        {
            /// <summary>The rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The rate that schedules scale.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>Share of the last step that is kept.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something with two decay rates of running averages.</summary>
        public interface IBetas
        {
            /// <summary>Decay of the average gradient and of the average squared gradient.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
