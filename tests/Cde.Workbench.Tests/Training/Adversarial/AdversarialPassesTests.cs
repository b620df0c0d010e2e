using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Adversarial;
using Cde.Workbench.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Adversarial;

/// <summary>The passes on a loss whose gradient is known: half the sum of c w^2, whose gradient is c w.</summary>
[Collection(LiveTensors.Name)]
public sealed class AdversarialPassesTests : IDisposable
{
    private const string Words = "embeddings.word_embeddings.weight";
    private const string Map = "encoder.layers.0.mlp.weight";
    private const string Bias = "encoder.layers.0.mlp.bias";

    private static readonly double[] Curvature = [2, 0.5, 1];

    private readonly MovedParameter[] parameters =
    [
        Moved(Words, [0.3f, -0.4f, 1.2f], 1, 3),
        Moved(Map, [1, 2, -2], 3, 1),
        Moved(Bias, [0.1f, 0.2f, 0.3f], 3),
    ];

    /// <summary>The parameters' values at every pass, by name.</summary>
    private readonly List<Dictionary<string, double[]>> seen = [];

    [Fact]
    public void Fgm_movesTheWordEmbeddingsByEpsilonAlongTheGradient_andAddsTheGradientThere()
    {
        var w = Values(Words);
        var moved = Step(w, Gradient(w), 0.7);

        var loss = Run(new() { Kind = AdversarialKind.Fgm, Epsilon = 0.7 });

        Same(moved, Assert.Single(seen)[Words]);
        Assert.Equal(0.7, Length(Minus(seen[0][Words], w)), 1e-6);
        Same(Plus(Gradient(w), Gradient(moved)), GradientOf(Words));
        Same([.. Gradient(Values(Map)).Select(g => 2 * g)], GradientOf(Map)); // which does not move
        Assert.Equal(Loss(moved) + Loss(Values(Map)) + Loss(Values(Bias)), loss, 1e-5);
    }

    [Fact]
    public void Pgd_stepsAlongEachGradient_staysInTheBall_andAddsTheLastGradientAlone()
    {
        var w = Values(Words);
        var (alpha, epsilon) = (0.5, 0.8);
        var expected = new List<double[]>();
        var at = w;
        for (var i = 0; i < 3; i++)
        {
            at = Step(at, Gradient(at), alpha);
            var away = Minus(at, w);
            if (Length(away) > epsilon)
                at = Plus(w, [.. away.Select(x => x * epsilon / Length(away))]);
            expected.Add(at);
        }

        Run(new() { Kind = AdversarialKind.Pgd, Epsilon = epsilon, Alpha = alpha, Steps = 3 });

        Assert.Equal(3, seen.Count);
        Assert.All(expected.Zip(seen), pair => Same(pair.First, pair.Second[Words]));
        Assert.Equal(epsilon, Length(Minus(seen[2][Words], w)), 1e-5); // so the ball did hold it
        Same(Plus(Gradient(w), Gradient(expected[2])), GradientOf(Words));
    }

    [Fact]
    public void Awp_movesMatricesByAShareOfTheirLength_andTakesTheGradientThereAlone()
    {
        Run(new() { Kind = AdversarialKind.Awp, Epsilon = 0.01 });

        foreach (var name in new[] { Words, Map })
        {
            var w = Values(name);
            var moved = Step(w, Gradient(w), 0.01 * Length(w));
            Same(moved, Assert.Single(seen)[name]);
            Same(Gradient(moved), GradientOf(name));
        }

        Same(Values(Bias), seen[0][Bias]); // vectors stay
        Same(Gradient(Values(Bias)), GradientOf(Bias));
    }

    [Theory]
    [InlineData(AdversarialKind.Fgm)]
    [InlineData(AdversarialKind.Pgd)]
    [InlineData(AdversarialKind.Awp)]
    public void Weights_afterThePasses_areWhatTheyWereBitForBit_alsoWhereAPassFails(AdversarialKind kind)
    {
        var before = parameters.Select(Floats).ToArray();

        Run(new() { Kind = kind });
        Assert.Equal(before, parameters.Select(Floats));

        Assert.Throws<CdeException>(() => AdversarialPasses.Of(new() { Kind = kind }, parameters)!.Run(() => throw new CdeException("the loss is NaN")));
        Assert.Equal(before, parameters.Select(Floats));
    }

    [Fact]
    public void Parameters_namedByPattern_areMovedInPlaceOfTheWordEmbeddings()
    {
        var before = Values(Bias);

        Run(new() { Kind = AdversarialKind.Fgm, Epsilon = 0.5, Parameters = ["*.bias"] });

        Same(Values(Words), seen[0][Words]);
        Same(Step(before, Gradient(before), 0.5), seen[0][Bias]);
    }

    [Fact]
    public void Parameters_thatGetNoGradient_stay()
    {
        var passes = AdversarialPasses.Of(new() { Kind = AdversarialKind.Awp }, parameters)!;

        passes.Run(Backward); // no gradient was there to move along

        Same(Values(Words), seen[0][Words]);
        Same(Values(Map), seen[0][Map]);
    }

    [Fact]
    public void Of_whereNoWordEmbeddingTrains_isRefusedByName_andNothingIsMadeWhereItIsOff()
    {
        var error = Assert.Throws<CdeException>(() => AdversarialPasses.Of(new() { Kind = AdversarialKind.Pgd }, parameters[1..]));
        var stranger = Assert.Throws<CdeException>(() => AdversarialPasses.Of(new() { Kind = AdversarialKind.Fgm, Parameters = ["*.mlpp.*"] }, parameters));

        Assert.Contains("adversarial.kind pgd moves word embeddings, and none train here", error.Message, StringComparison.Ordinal);
        Assert.Contains("adversarial.parameters: *.mlpp.* matches no parameter; did you mean mlp?", stranger.Message, StringComparison.Ordinal);
        Assert.Null(AdversarialPasses.Of(new(), parameters));
    }

    [Fact]
    public void IsDue_fromTheStartStepOn()
    {
        var passes = AdversarialPasses.Of(new() { Kind = AdversarialKind.Fgm, StartStep = 3 }, parameters)!;

        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(taken => passes.IsDue(taken)));
    }

    public void Dispose()
    {
        foreach (var entry in parameters)
            entry.Parameter.Dispose();
    }

    /// <summary>The clean pass, then the others.</summary>
    private double Run(AdversarialOptions options)
    {
        Backward();
        seen.Clear();
        return AdversarialPasses.Of(options, parameters)!.Run(Backward);
    }

    private double Backward()
    {
        seen.Add(parameters.ToDictionary(entry => entry.Name, entry => Array.ConvertAll(Floats(entry), x => (double)x)));
        using var scope = NewDisposeScope();
        var curvature = tensor(Array.ConvertAll(Curvature, c => (float)c));
        var loss = parameters.Select(entry => (entry.Parameter.flatten().square() * curvature).sum() / 2).Aggregate((sum, part) => sum + part);
        loss.backward();
        return loss.item<float>();
    }

    private static MovedParameter Moved(string name, float[] values, params long[] shape) => new(name, new Parameter(tensor(values, shape)), 1, true);

    private static float[] Floats(MovedParameter entry) => entry.Parameter.detach().data<float>().ToArray();

    private double[] Values(string name) => Array.ConvertAll(Floats(parameters.First(entry => entry.Name == name)), x => (double)x);

    private double[] GradientOf(string name)
    {
        using var gradient = parameters.First(entry => entry.Name == name).Parameter.grad;
        return Array.ConvertAll(gradient!.data<float>().ToArray(), x => (double)x);
    }

    private static double[] Gradient(double[] w) => [.. w.Zip(Curvature, (x, c) => c * x)];

    private static double Loss(double[] w) => w.Zip(Curvature, (x, c) => c * x * x / 2).Sum();

    private static double[] Step(double[] w, double[] gradient, double distance) => Plus(w, [.. gradient.Select(g => g * distance / Length(gradient))]);

    private static double Length(double[] w) => Math.Sqrt(w.Sum(x => x * x));

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static void Same(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
