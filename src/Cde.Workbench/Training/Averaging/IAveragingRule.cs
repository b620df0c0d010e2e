namespace Cde.Workbench.Training.Averaging;

/// <summary>How much of an average is the newest weights': a pure function of the step, so that a resumed run needs no count.</summary>
internal interface IAveragingRule
{
    /// <summary>The share that the weights after <paramref name="step"/> steps get, 1 where they are the first; null where they do not enter.</summary>
    double? Share(long step);

    /// <summary>Whether weights have entered in so many steps.</summary>
    bool HasBegun(long step);
}
