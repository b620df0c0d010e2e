using System.Globalization;
using System.Text;
using Cde.Kernels.Commands;
using Cde.Kernels.Displays;
using Cde.Kernels.Processes;
using Cde.Kernels.Shell;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14);
using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
// A kernel takes Ctrl-C as the interrupt of a cell.
using var signals = KernelRunCommand.IsMeant(args) ? null : new StopSignals(line => error.WriteLine(line));
ParentWatch.Begin(signals, Console.OpenStandardInput);
var width = Console.IsOutputRedirected ? TextRenderer.DefaultWidth : Math.Max(40, Console.WindowWidth - 1);
return await new ShellHost(output, error, isTerminal: !Console.IsErrorRedirected, width).RunAsync(args, signals?.Token ?? default);
