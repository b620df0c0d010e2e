using Cde.Torch;

namespace Cde.Workbench.Training.Distributed;

/// <summary>Work that all processes of a group do together.</summary>
public static class SharedRuns
{
    /// <summary>
    /// Does this process' part and leaves the group: after all others where it went well, else with the reason, with which they stop too.
    /// </summary>
    /// <exception cref="CdeException">Another process is lost or has stopped; the message names it.</exception>
    public static T Run<T>(this ProcessGroup group, Func<T> part)
    {
        try
        {
            var result = part();
            group.Barrier();
            group.Leave();
            return result;
        }
        catch (OperationCanceledException)
        {
            group.Leave();
            throw;
        }
        catch (CollectiveException error)
        {
            group.Leave(error.Message);
            throw new CdeException(error.Message, error);
        }
        catch (Exception error)
        {
            group.Leave(error.InnerException is CollectiveException cause ? cause.Message : $"rank {group.Rank} of {group.Size} stopped: {error.Message.Split('\n')[0].Trim()}");
            throw;
        }
    }
}
