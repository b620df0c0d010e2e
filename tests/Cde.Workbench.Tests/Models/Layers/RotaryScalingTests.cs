using System.Text;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Layers;

/// <summary>Frequencies against numbers that another program computed from the published formulas, for configurations of the forms that checkpoints have.</summary>
public sealed class RotaryScalingTests
{
    public static TheoryData<int, double, string, double[], double> Yarn => new()
    {
        {
            16, 1e4, """{"max_position_embeddings": 8192, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048}}""",
            [1.0, 0.316227766017, 0.1, 0.0256935059889, 0.00625, 0.00138349647632, 0.00025, 7.90569415042e-05], 1.138629436111989
        },
        {
            8, 1e6, """{"max_position_embeddings": 131072, "rope_parameters": {"type": "yarn", "original_max_position_embeddings": 32768}}""",
            [1.0, 0.0316227766017, 0.000625, 7.90569415042e-06], 1.138629436111989
        },
        {
            16, 1e4,
            """{"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "yarn", "factor": 40, "mscale": 0.707, "mscale_all_dim": 1.0, "truncate": false, "beta_fast": 16, "beta_slow": 2}}""",
            [1.0, 0.316227766017, 0.1, 0.0316227766017, 0.00579010496245, 0.000123952369266, 2.5e-05, 7.90569415042e-06], 0.9210423553163399
        },
    };

    [Theory]
    [MemberData(nameof(Yarn))]
    public void Yarn_gives_the_published_frequencies_and_magnitude(int width, double frequencyBase, string config, double[] expected, double magnitude)
    {
        var rotary = Rotary(width, frequencyBase, config);
        for (var pair = 0; pair < expected.Length; pair++)
            Assert.Equal(1, rotary.Frequency(pair) / expected[pair], 1e-10);
        Assert.Equal(magnitude, rotary.Magnitude, 1e-12);
    }

    [Fact]
    public void Yarn_magnitude_is_in_cosines_and_sines_of_every_position()
    {
        var rotary = Rotary(8, 1e4, """{"max_position_embeddings": 64, "rope_scaling": {"rope_type": "yarn", "factor": 2.0, "attention_factor": 1.5}}""");
        using var scope = NewDisposeScope();
        var angles = rotary.Angles(3, 4, 0, zeros(1));
        var lengths = (angles.Cos.square() + angles.Sin.square()).data<float>().ToArray();
        Assert.All(lengths, length => Assert.Equal(2.25, length, 1e-5));
    }

    [Fact]
    public void Linear_divides_every_frequency() =>
        Assert.Equal(.1 / 4, Rotary(16, 1e4, """{"rope_scaling": {"type": "linear", "factor": 4}}""").Frequency(2), 1e-12);

    [Theory]
    [InlineData(0, 1.0)] // turns 1,303 times over 8,192 positions
    [InlineData(4, 0.000524846160995)] // 1.844 times: between the ends, (1.844 - 1) / 3 of it kept
    [InlineData(7, 1.2891731721516e-6)] // a hundredth: divided by 8
    public void Llama3_blends_between_its_ends(long pair, double expected)
    {
        var rotary = Rotary(16, 5e5, """{"rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}""");
        Assert.Equal(1, rotary.Frequency(pair) / expected, 1e-10);
    }

    [Fact]
    public void Dynamic_scales_nothing_up_to_where_texts_are_cut() =>
        Assert.Null(RotaryScaling.From(Config("""{"max_position_embeddings": 64, "rope_scaling": {"type": "dynamic", "factor": 4.0}}"""), 8, 1e4));

    private static Rotary Rotary(int width, double frequencyBase, string config) =>
        new(width, 1, frequencyBase, interleaved: false, RotaryScaling.From(Config(config), width, frequencyBase));

    private static JsonConfig Config(string json) => JsonConfig.Parse("config.json", Encoding.UTF8.GetBytes(json));
}
