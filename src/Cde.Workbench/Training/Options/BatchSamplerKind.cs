namespace Cde.Workbench.Training;

/// <summary>Which pairs stand in a batch together; the names are those of <see cref="BatchSamplers.BatchSamplerCatalog"/>.</summary>
public enum BatchSamplerKind
{
    /// <summary>Any pairs of all domains; contexts are drawn from all documents.</summary>
    Random,

    /// <summary>Pairs of one domain.</summary>
    Domain,

    /// <summary>Pairs of one cluster of all domains; contexts are drawn from all documents.</summary>
    Cluster,

    /// <summary>Pairs of one domain, and there of one cluster.</summary>
    ClusterWithinDomain,

    /// <summary>Pairs of one domain of about the same length.</summary>
    Length,
}
