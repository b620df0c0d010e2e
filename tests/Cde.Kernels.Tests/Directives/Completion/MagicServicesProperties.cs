using Cde.Kernels.Directives;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Directives.Completion;

public sealed class MagicServicesProperties : IDisposable
{
    private static readonly Gen<string> Cells = Gen.Elements(
            "#!", "#!cde", "embed", "--model", "=", " ", "\n", "\r\n", "\"", "@", "context", "#!set", "--value", "{", "@fsharp:", "#!fsharp", "--", "-", "x", "😀", "#!import", "/", "\0")
        .ArrayOf().Select(string.Concat);

    private readonly FakeNotebook _notebook = FakeNotebook.Standard();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void Every_position_of_every_cell_has_an_answer_with_a_range_around_it() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Cells.ToArbitrary(), cell =>
        {
            var services = new MagicServices(_notebook);
            for (var position = 0; position <= cell.Length; position++)
            {
                var list = services.Complete(cell, position);
                Assert.True(0 <= list.Start && list.Start <= position && position <= list.End && list.End <= cell.Length);
                Assert.DoesNotContain('\n', cell[list.Start..list.End]);
                services.Inspect(cell, position);
                if (services.CodeAt(cell, position) is { } code)
                    Assert.Equal(cell.Length, code.Code.Length);
            }
        }));

    [Fact]
    public void The_parts_of_a_cell_are_its_text_and_their_lines_are_its_lines() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Cells.ToArbitrary(), cell =>
        {
            var at = 0;
            foreach (var piece in CellPiece.Split(cell))
            {
                Assert.True(string.IsNullOrEmpty(cell[at..piece.Start].Trim('\r', '\n')));
                Assert.Equal(piece.Line, 1 + CellPiece.CountBreaks(cell.AsSpan(0, piece.Start)));
                at = piece.End;
            }

            Assert.True(string.IsNullOrEmpty(cell[at..].Trim('\r', '\n')));
        }));
}
