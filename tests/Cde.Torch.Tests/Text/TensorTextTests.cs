using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Text;

public sealed class TensorTextTests
{
    [Fact]
    public void Default_text_is_shape_type_and_device()
    {
        using var a = zeros(2, 3);
        Assert.Equal("[2x3], type = Float32, device = cpu", a.ToString());
    }

    [Fact]
    public void Styles_write_the_elements()
    {
        using var a = tensor(new float[,] { { 1, 2.5f }, { -3, 4 } });
        Assert.Equal("[[1 2.5]\n [-3 4]]", a.npstr());
        Assert.Equal("{{1, 2.5},\n {-3, 4}}", a.cstr());
        Assert.Equal("[2x2], type = Float32, device = cpu\n 1 2.5\n -3 4\n", a.jlstr());
    }

    [Fact]
    public void Long_tensor_is_shortened_in_the_middle()
    {
        using var a = arange(2000);
        Assert.Equal("[0 1 2 ... 1997 1998 1999]", a.npstr());
    }
}
