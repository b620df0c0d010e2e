using Cde.Torch;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Training.Distributed;

/// <summary>A process of a run beside rank 0: takes every step with it, and reads and writes nothing of the run's folder.</summary>
/// <param name="group">The processes.</param>
/// <param name="options">The run's options.</param>
/// <param name="domains">Training data.</param>
/// <param name="cudaIndex">This process' GPU.</param>
internal sealed class RunWorker(ProcessGroup group, TrainingOptions options, IReadOnlyList<TrainingDomain> domains, int cudaIndex)
{
    /// <summary>Trains until rank 0 says that the run, or its time, is over.</summary>
    /// <returns>Steps taken in all, and whether the run is at its end.</returns>
    /// <exception cref="OperationCanceledException">A process was asked to stop; rank 0 has saved the state.</exception>
    public (long Step, bool IsFinished) Run(CancellationToken cancellationToken)
    {
        var together = new RunCoordination(group);
        var tokenizer = Directory.CreateTempSubdirectory("cde-tokenizer-");
        try
        {
            if (options.Model.Start is null)
                together.ShareTokenizer(tokenizer.FullName);
            using var company = together.FirstThenOthers(() => BatchCompany.Build(options, domains, null, cancellationToken));
            together.RequireSame(options, RunFacts.Of(options, domains, company, group.Size));
            using var model = RunModel.Create(options, tokenizer.FullName, TrainingRun.Prompts, cudaIndex);
            using var trainer = model.Trainer(domains, options, company, group);
            together.ShareState(trainer);
            while (true)
            {
                switch (together.Agree(cancellationToken.IsCancellationRequested ? RunDecision.Cancel : RunDecision.Step))
                {
                    case RunDecision.Step:
                        trainer.TakeStep();
                        break;
                    case RunDecision.Cancel:
                        cancellationToken.ThrowIfCancellationRequested();
                        throw new CdeException("another process was asked to stop; rank 0 has saved the state");
                    case RunDecision.Limit:
                        return (trainer.Step, false);
                    default:
                        return (trainer.Step, true);
                }
            }
        }
        finally
        {
            tokenizer.Delete(recursive: true);
        }
    }
}
