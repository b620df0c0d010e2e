using Cde.Testing;

namespace Cde.Kernels.Tests.Displays.Figures;

/// <summary>How smoothly a map of 100,000 points moves. The figures are printed, never judged here: they depend on the machine and its load.</summary>
[Trait("Category", "Long")]
public sealed class MapFramesTests(FigureBrowser browser, ITestOutputHelper output) : IClassFixture<FigureBrowser>
{
    private const int Points = 100_000;

    // Turns the wheel, then drags, one event a frame; gives the milliseconds between frames, and each frame's place so that it is seen that something moved.
    private const string Move =
        """
        async frames => {
          const svg = document.querySelector('.cde-fig .cde-body>svg'), plot = svg.querySelector('.plot'), zoom = svg.querySelector('.zoom');
          const around = svg.getBoundingClientRect(), at = { clientX: around.left + 300, clientY: around.top + 300, bubbles: true, cancelable: true };
          const times = [], places = new Set();
          const frame = () => new Promise(done => requestAnimationFrame(done));
          let last = await frame();
          async function run(count, act) {
            for (let i = 0; i < count; i++) {
              act(i);
              const now = await frame();
              times.push(now - last);
              places.add(zoom.getAttribute('transform'));
              last = now;
            }
          }
          const half = frames / 2;
          await run(half, i => plot.dispatchEvent(new WheelEvent('wheel', { ...at, ctrlKey: true, deltaY: i < half / 2 ? -25 : 25 })));
          for (let i = 0; i < 12; i++)
            plot.dispatchEvent(new WheelEvent('wheel', { ...at, ctrlKey: true, deltaY: -50 }));
          await frame();
          plot.dispatchEvent(new PointerEvent('pointerdown', { ...at, button: 0, buttons: 1 }));
          last = await frame();
          await run(half, i => plot.dispatchEvent(new PointerEvent('pointermove', { ...at, clientX: at.clientX + 200 * Math.sin(i / 20), clientY: at.clientY + 150 * Math.cos(i / 17), buttons: 1 })));
          return [places.size, draws.sort((a, b) => a - b)[Math.floor(draws.length * 0.95)], ...times];
        }
        """;

    // How long the figure's own work of a frame takes, apart from what the browser does with it.
    private const string Clock =
        """
        const draws = [], whenever = requestAnimationFrame;
        window.requestAnimationFrame = call => whenever(time => {
          const begin = performance.now();
          call(time);
          if (performance.now() - begin > 0.5)
            draws.push(performance.now() - begin);
        });
        """;

    [Fact]
    public async Task A_map_of_many_points_moves_with_the_pointer()
    {
        var html = FigureExamples.Map(Points, 40).ToHtml();
        await using var page = await browser.OpenAsync(html, prelude: Clock);
        await page.DrawnAsync();

        var seen = await page.Page.EvaluateAsync<double[]>(Move, 600);

        var times = seen.Skip(2).Order().ToArray();
        output.WriteLine(FormattableString.Invariant(
            $"{Points:N0} points, {html.Length / 1e6:f1} MB of HTML, {times.Length} frames: median {times[times.Length / 2]:f1} ms, 95 % {times[(int)(times.Length * 0.95)]:f1} ms, longest {times[^1]:f1} ms, {100.0 * times.Count(time => time < 50) / times.Length:f1} % under 50 ms; the script's part 95 % {seen[1]:f1} ms"));
        Assert.True(seen[0] > 500, $"{seen[0]} places in 600 frames");
        await FigureBrowser.PictureAsync(page, "map-100000");
    }
}
