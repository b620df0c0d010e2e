using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.FSharp;

public sealed class FSharpPointsTests
{
    private static readonly FSharpSession Session = FSharpSession.Create(Environment.CurrentDirectory);

    [Theory]
    [InlineData("let f x = x + 1\nf 3", 4)]
    [InlineData("let f x =\n  let y = x\n  y + 1\nf 3", 4)]
    [InlineData("let f (x: int) : int = -x\nf 3", -3)]
    [InlineData("[1; 2] |> List.map (fun x -> x + 1) |> List.sum", 5)]
    [InlineData("[1; 2] |> List.fold (fun a b -> a + b) 0", 3)]
    [InlineData("(fun a -> fun b -> a - b) 5 3", 2)]
    [InlineData("let mutable n = 0\nfor i in 1 .. 3 do n <- n + i\nfor i = 1 to 3 do\n  n <- n + i\nwhile n < 20 do n <- n + 1\nn", 20)]
    [InlineData("let rec f = function\n  | 0 -> 0\n  | n when n < 0 -> f (n + 1)\n  | n -> f (n - 1)\nf 3", 0)]
    [InlineData("let f x = x + 1 in f 2", 3)]
    [InlineData("type C(a: int) =\n  member _.Add(b) = a + b\n  static member Zero() = 0\nC(1).Add 2", 3)]
    [InlineData("[ for x in 1 .. 3 do if x > 1 then yield x ] |> List.sum", 5)]
    [InlineData("[ for x in 1 .. 3 -> x * x ] |> List.sum", 14)]
    [InlineData("[ for x in 1 .. 3 do x ] |> List.length", 3)]
    [InlineData("seq { for x in 1 .. 3 do\n        for y in 1 .. 2 do yield x + y } |> Seq.sum", 21)]
    [InlineData("async { let mutable n = 0\n        for i in 1 .. 3 do n <- n + i\n        return n } |> Async.RunSynchronously", 6)]
    [InlineData("(task {\n  let mutable n = 0\n  while n < 3 do n <- n + 1\n  return n }).Result", 3)]
    [InlineData("let inline add (x: ^a) (y: ^a) = x + y\nadd 1 2", 3)]
    [InlineData("let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd\nmatch 3 with Even -> 0 | Odd -> 1", 1)]
    [InlineData("<@ fun x -> x + 1 @> |> ignore; 1", 1)]
    [InlineData("query { for x in [1; 2; 3] do where (x > 1); select x } |> Seq.sum", 5)]
    [InlineData("System.Linq.Queryable.AsQueryable([1; 2; 3]) |> fun q -> System.Linq.Queryable.Where(q, fun x -> x > 1) |> Seq.sum", 5)]
    [InlineData("let f\n  x\n  y =\n    x * y // comment\nf 2 3", 6)]
    [InlineData("let text = \"\"\"while true do ()\n  fun x -> x\"\"\"\ntext.Length", 29)]
    [InlineData("let ä = 1\nlet f x = \"😀\", (fun y -> y + x)\n(snd (f 1)) 2", 3)]
    [InlineData("module M =\n  let f x =\n    match x with\n    | Some y -> (fun z -> z + y)\n    | None -> id\nM.f (Some 1) 2", 3)]
    [InlineData("if true then (fun () -> 1) () else 2", 1)]
    [InlineData("let compose = (fun x -> x + 1) >> (fun x -> x * 2)\ncompose 1", 4)]
    [InlineData("[|3; 1; 2|] |> Array.sortBy (fun x -> -x) |> Array.head", 3)]
    [InlineData("let rec even n = n = 0 || odd (n - 1)\nand odd n = n <> 0 && even (n - 1)\nif even 10 then 1 else 0", 1)]
    public void Code_means_the_same_with_points(string code, int value)
    {
        var plain = Session.Evaluate(code, "Cell.fsx", default);
        var withPoints = FSharpPoints.Add(code, Session.Parse(code), "Cell.fsx");
        var pointed = Session.Evaluate(withPoints, "Cell.fsx", default);

        Assert.Null(plain.Failure);
        Assert.True(pointed.IsDone, withPoints + string.Join('\n', pointed.Diagnostics.Select(one => one.ToString())));
        Assert.Equal(value, plain.Value!.ReflectionValue);
        Assert.Equal(value, pointed.Value!.ReflectionValue);
        Assert.Empty(pointed.Diagnostics);
    }

    [Fact]
    public void Points_stand_at_functions_and_loops_and_lines_keep_their_numbers()
    {
        const string code = "let f x =\n  while x do ()\n  x";

        Assert.Equal(
            """
            let f x =
              global.Cde.Kernels.Cells.InterruptPoints.Enter();
            # 2 "Cell.fsx"
              while x do
                         global.Cde.Kernels.Cells.InterruptPoints.Poll();
            # 2 "Cell.fsx"
                         ()
              x

            """.ReplaceLineEndings("\n"),
            FSharpPoints.Add(code, Session.Parse(code), "Cell.fsx").Replace("do \n", "do\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<@ fun x -> while true do () @>")]
    [InlineData("query { for x in xs do select (fun y -> y) }")]
    [InlineData("builder { for x in xs do return x }")]
    [InlineData("q.Where(fun x -> x > 1)")]
    [InlineData("q.Where (fun x -> x > 1)")]
    [InlineData("Queryable.Select(q, fun x -> x)")]
    [InlineData("let x = 1\nlet y = x + 1")]
    [InlineData("let = = (")]
    public void Code_that_may_be_translated_or_has_no_loops_gets_no_point(string code) =>
        Assert.Equal(code, FSharpPoints.Add(code, Session.Parse(code), "Cell.fsx"));

    [Fact]
    public void A_trace_names_the_line_of_the_cell()
    {
        var code = "let f (x: string) =\n  let a = 1\n  let n = System.Int32.Parse x\n  for i in 1 .. 2 do printfn \"%d\" i\n  n + a\nlet z = f \"no\"";

        var evaluation = Session.RunCell(code, "Cell.fsx", default);

        Assert.Contains("Cell.fsx:line 3", evaluation.Failure!.StackTrace, StringComparison.Ordinal);
    }
}
