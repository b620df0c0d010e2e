namespace Cde.Workbench.Training.Runs;

/// <summary>
/// The models that a run writes: the candidate that is evaluated, the best so far, the finished one. Each comes with what belongs to it (adapters, vectors of classes),
/// and has the averaged weights where an average is kept.
/// </summary>
/// <param name="folder">The run's files.</param>
/// <param name="options">The run's options.</param>
/// <param name="model">What is written.</param>
/// <param name="trainer">Who moves it.</param>
internal sealed class WrittenModels(RunFolder folder, TrainingOptions options, RunModel model, ITrainer trainer)
{
    /// <summary>Writes the model as it is now into one folder with all that belongs to it, so that they change places together.</summary>
    public string WriteCandidate()
    {
        using var average = trainer.Average?.InPlace(trainer.Step);
        model.Write(folder.Candidate);
        model.Adapter?.Save(folder.AdapterOf(folder.Candidate), options.Model.Start ?? "");
        trainer.Classes()?.Save(folder.ClassVectorsOf(folder.Candidate));
        return folder.Candidate;
    }

    /// <summary>Puts the candidate in the place of the best, or removes it.</summary>
    public void Settle(bool isBest)
    {
        if (isBest)
            FolderSwap.Replace(folder.Candidate, folder.Best);
        else
            TemporaryName.Remove(folder.Candidate);
    }

    /// <summary>Writes the run's model: the best, or the one at hand.</summary>
    public void Finish(bool hasBest)
    {
        if (hasBest)
        {
            FinishBest();
            return;
        }

        using var average = trainer.Average?.InPlace(trainer.Step);
        model.Adapter?.Save(folder.Adapter, options.Model.Start ?? "");
        trainer.Classes()?.Save(folder.ClassVectors);
        model.Write(folder.Model);
    }

    private void FinishBest()
    {
        var (adapter, classes) = (folder.AdapterOf(folder.Best), folder.ClassVectorsOf(folder.Best));
        if (model.Adapter is not null)
            Copy(adapter, folder.Adapter, "adapter_config.json", _ => true);
        if (File.Exists(classes))
            ClassVectors.Load(classes).Save(folder.ClassVectors);
        Copy(folder.Best, folder.Model, "config.json", file => file != classes && !file.StartsWith(adapter + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    /// <summary>Copies the files of a folder that are wanted to another, replaced as a whole.</summary>
    private static void Copy(string from, string to, string last, Func<string, bool> isWanted) => AtomicFile.WriteDirectory(
        to,
        temporary =>
        {
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(isWanted))
            {
                var place = Path.Combine(temporary, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Copy(file, place);
            }
        },
        last);
}
