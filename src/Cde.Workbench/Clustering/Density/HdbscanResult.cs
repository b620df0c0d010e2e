namespace Cde.Workbench.Clustering;

/// <summary>Clusters by density.</summary>
/// <param name="Assignment">Which cluster each point is in; <see cref="ClusterAssignment.Noise"/> for points in none.</param>
/// <param name="Probabilities">How far inside its cluster each point is, 0 to 1; 0 for noise.</param>
/// <param name="OutlierScores">How much sparser than the densest part of its surroundings a point lies, 0 to 1 (GLOSH, Campello et al. 2015).</param>
/// <param name="Persistence">Of each cluster: its stability as a share of the largest possible for its size, 0 to 1.</param>
public sealed record HdbscanResult(
    ClusterAssignment Assignment, IReadOnlyList<double> Probabilities, IReadOnlyList<double> OutlierScores, IReadOnlyList<double> Persistence);
