using Cde.Kernels.Bench;

namespace Cde.Kernels.Tests.Bench;

public class EncoderShapeTests
{
    [Fact]
    public void Operations_are_twice_the_weights_and_the_attention_products()
    {
        var shape = new EncoderShape("tiny", Layers: 1, Width: 2, Heads: 1, Inner: 3);

        Assert.Equal(2.0 * ((4 * 2 * 2) + (2 * 2 * 3)), shape.LinearFlops);
        Assert.Equal(2.0 * 2 * 5 * 2, shape.AttentionFlops(5)); // q k^T and weights v, 5 keys of width 2
        Assert.Equal((shape with { IsGated = true }).LinearFlops, shape.LinearFlops + (2.0 * 2 * 3));
    }

    [Fact]
    public void Bert_base_costs_its_85_million_layer_weights_twice_a_token()
    {
        Assert.Equal(169.9e6, EncoderShape.BertBase.LinearFlops, 0.1e6);
        Assert.Equal(21.2e6, EncoderShape.MiniLm.LinearFlops, 0.1e6);
    }

    [Fact]
    public void A_prefix_costs_nothing_where_it_is_empty_and_full_attention_costs_more_than_a_cached_one()
    {
        var shape = EncoderShape.Nomic;

        Assert.Equal(shape.PlainFlops(32), shape.PrefixFlops(32, 0));
        Assert.Equal(shape.PlainFlops(32), shape.FullFlops(32, 0));
        Assert.InRange(shape.PrefixFlops(32, 520) / shape.PlainFlops(32), 1.05, 1.3);
        Assert.InRange(shape.FullFlops(32, 520) / shape.PlainFlops(32), 14, 20);
    }
}
